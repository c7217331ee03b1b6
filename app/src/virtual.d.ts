declare module "virtual:wasm" {
  const packed: string;
  export default packed;
}
