// @tus/server in front of @tus/azure-store, as their documentation shows it, but for the address of the storage, for which the store has
// no option.
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { AzureStore } from "@tus/azure-store";
import { Server } from "@tus/server";

const [port, endpoint, account, accountKey, containerName] = process.argv.slice(2);
const datastore = new AzureStore({ account, accountKey, containerName });
datastore.blobServiceClient = new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account, accountKey));
datastore.containerClient = datastore.blobServiceClient.getContainerClient(containerName);
new Server({ path: "/files", datastore }).listen({ host: "127.0.0.1", port: Number(port) });
