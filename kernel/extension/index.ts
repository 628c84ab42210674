export {
  type Dataset,
  defineExtension,
  type Extension,
  type LazyName,
  type Magic,
} from "./contract.js";
export { critical, interrupted, signal } from "./cooperation.js";
export { dataFile } from "./data-folder.js";
export { type Datasets, datasetsOf, type LoadDataset } from "./datasets.js";
export { didYouMean, InputError, nearest } from "./input-error.js";
