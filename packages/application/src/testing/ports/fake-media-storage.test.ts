import { mediaStorageContract } from '../contracts/media-storage.contract.ts';
import { FakeMediaStorage } from './fake-media-storage.ts';

mediaStorageContract(async () => {
  const storage = new FakeMediaStorage();
  return { users: [storage, storage], close: async () => undefined };
});
