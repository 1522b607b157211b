using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

[Collection(TraceCollection.Name)]
public class AllocationTests
{
    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void A_batch_makes_no_garbage_per_element(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 4096);
        byte[] data = [.. Enumerable.Range(0, 2000).SelectMany(i => (IEnumerable<byte>)[.. map.Key((uint)i), .. map.Value(i)])];
        byte[] keys = [.. Enumerable.Range(0, 2000).SelectMany(i => map.Key((uint)i))];
        byte[] update = EbpfUser.Message(EbpfOperationId.MapUpdateElementBatch, new MapUpdateElementBatchRequest { Handle = map.Handle }, data);
        byte[] get = EbpfUser.Message(EbpfOperationId.MapGetNextKeyValueBatch, new MapGetNextKeyValueBatchRequest { Handle = map.Handle });
        byte[] delete = EbpfUser.Message(EbpfOperationId.MapDeleteElementBatch, new MapDeleteElementBatchRequest { Handle = map.Handle }, keys);
        ISystemGate gate = machine.User.Gate;
        ulong input = gate.Memory.Allocate(65535);
        ulong output = gate.Memory.Allocate(65535);
        ulong block = gate.Memory.Allocate(16);

        long Send(byte[] message, int reply)
        {
            Assert.True(gate.BeginCall(out ulong id));
            message.CopyTo(gate.Memory.Access(input, (uint)message.Length, MemoryAccess.Write, "test"));
            long before = GC.GetAllocatedBytesForCurrentThread();
            NtStatus status = gate.NtDeviceIoControlFile(
                id,
                machine.User.Device,
                NtHandle.Invalid,
                block,
                EbpfDevice.ControlCode,
                new UserRange(input, (uint)message.Length),
                new UserRange(output, (uint)reply));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            gate.EndCall(id);
            Assert.Equal(NtStatus.Success, status);
            return allocated;
        }

        long most = 0;
        for (int i = 0; i < 10; i++)
        {
            long once = Send(update, 12) + Send(update, 12) + Send(get, 8 + (2000 * map.RecordBytes)) + Send(delete, 12);
            most = i < 5 ? 0 : Math.Max(most, once);
        }

        // 8,000 elements went through; whatever a message costs by itself is far below a byte for each.
        Assert.InRange(most, 0, 4000);
    }
}
