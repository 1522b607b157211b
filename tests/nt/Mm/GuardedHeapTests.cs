using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Mm;

public sealed class GuardedHeapTests
{
    [Fact]
    public void Several_blocks_freed_within_one_call_stay_readable_to_it_and_go_back_when_it_ends()
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create(new ProcessOptions { Heap = HeapMode.Guarded });
        ISystemGate gate = process.Gate;

        Assert.True(gate.BeginCall(out ulong requestId));
        ulong first = gate.Memory.Allocate(4);
        Span<byte> bytes = gate.Memory.Access(first, 4, MemoryAccess.Write, "test");
        bytes[0] = 42;
        gate.Memory.Free(first);
        gate.Memory.Free(gate.Memory.Allocate(4));
        gate.Memory.Free(gate.Memory.Allocate(4));

        Assert.Equal(42, bytes[0]);
        Assert.False(gate.Memory.TryAccess(first, 4, MemoryAccess.Read, "test", out _, out _));
        gate.EndCall(requestId);
        Assert.Equal([], machine.Shutdown().Leaks);
    }
}
