using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Dispatch;

/// <summary>The bytes that come back to the caller.</summary>
public class OutputBytesTests
{
    [Theory]
    [InlineData(EbpfOperationId.MapUpdateElement)]
    [InlineData(EbpfOperationId.GetNextPinnedProgramPath)]
    public unsafe void Behind_the_request_the_output_has_zeros_and_not_what_pool_held_before(EbpfOperationId operation)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, valueSize: 8);
        PoolTag tag = new("test");
        machine.InKernel(_ =>
        {
            Pool pool = machine.Machine.Pool;
            byte* secret = pool.Allocate(512, tag);
            new Span<byte>(secret, 512).Fill(0xA5);
            pool.Free(secret, tag);
        });
        byte[] message = operation == EbpfOperationId.MapUpdateElement
            ? EbpfUser.Message(operation, new MapUpdateElementRequest { Handle = map.Handle }, [.. map.Key(1), .. map.Value(1)])
            : EbpfUser.Message(operation, default(GetNextPinnedProgramPathRequest));
        Answer answer = machine.User.Send(message, 500);
        Assert.Equal(answer.Status.IsError ? 0u : 500u, answer.Information);
        Assert.All(answer.Bytes[message.Length..], b => Assert.Equal(0, b));
    }
}
