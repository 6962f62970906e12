/** What the pointer carries while entries are dragged out of the window: a sheet of paper, 32 pixels wide. */
export const dragIcon =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAgMAAAAOFJJnAAAADFBMVEX///9HVWn2+Pq8wspd+hZaAAAAAXRSTlMAQObYZgAAAD5JREFUGNNjYMAErKGhoQ4gBtuqVasCYIwSGCMXxsh2gDKyLkAZoSFQxqolyAx2DBFiGOTpIo8B8jLY8egAABtcVTMm6D8cAAAAAElFTkSuQmCC'
