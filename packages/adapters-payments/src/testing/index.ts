export { writeTestEvent } from '../payments/test-gateway.events.ts';
