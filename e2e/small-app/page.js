const zone = document.getElementById('zone')
const paths = document.getElementById('paths')

zone.addEventListener('dragover', (event) => event.preventDefault())
zone.addEventListener('drop', (event) => {
  event.preventDefault()
  paths.textContent = [...event.dataTransfer.files].map((file) => window.small.pathOf(file)).join('\n')
})
