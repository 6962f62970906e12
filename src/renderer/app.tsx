import type { ProductInfo } from '../shared/ipc/contract.ts'

export function App({ product }: { product: ProductInfo }) {
  return (
    <main>
      <h1>{product.name}</h1>
      <p>Version {product.version}</p>
    </main>
  )
}
