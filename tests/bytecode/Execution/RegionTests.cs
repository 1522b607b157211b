using System.Runtime.InteropServices;
using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed unsafe class RegionTests : IDisposable
{
    private const int Size = 64;

    private readonly byte* _value = (byte*)NativeMemory.AllocZeroed(Size * 8192);

    public void Dispose() => NativeMemory.Free(_value);

    [Fact]
    public void MemoryThatAHelperReturnsIsReachableAfterwards()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            run.AddRegion(_value, 4, MemoryRegionKind.MapValue, writable: true);
            return (ulong)_value;
        };
        Outcome outcome = Both.Run(Image(Call(1), StoreConstant(U32, 0, 0, 42), Load(U32, 0, 0, 0), Exit()), host: host);
        Assert.Equal((42UL, null), (outcome.R0, outcome.Fault));

        BytecodeFault fault = Both.Fault(Image(Call(1), Load(U64, 0, 0, 0), Exit()), host: host);
        Assert.Equal((MemoryRegionKind.MapValue, 4u), (fault.NearestRegion.Kind, (uint)fault.NearestRegion.Length));
        Assert.EndsWith("its last 4 bytes are after the map value of 4 bytes", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryThatCanOnlyBeReadIsNotWritten()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            run.AddRegion(_value, Size, MemoryRegionKind.MapValue, writable: false);
            return (ulong)_value;
        };
        BytecodeFault fault = Both.Fault(Image(Call(1), Load(U64, 1, 0, 0), Store(U64, 0, 8, 1), Exit()), host: host);
        Assert.Equal((BytecodeFaultKind.InvalidWrite, 2), (fault.Kind, fault.Instruction));
        Assert.EndsWith("the map value of 64 bytes can only be read", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ARemovedRegionIsOutOfReachAtOnce()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            run.AddRegion(_value, Size, MemoryRegionKind.RingRecord, writable: true);
            return (ulong)_value;
        };
        host.Helpers[2] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            run.RemoveRegion((byte*)r1);
            return 0;
        };
        BytecodeFault fault = Both.Fault(
            Image(Call(1), StoreConstant(U32, 0, 0, 1), MovRegister(1, 0), Call(2), StoreConstant(U32, 1, 0, 2), Exit()), host: host);
        Assert.Equal((BytecodeFaultKind.InvalidWrite, 4), (fault.Kind, fault.Instruction));
    }

    [Fact]
    public void ARegionWithTheSameStartReplacesTheFormerOne()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            run.AddRegion(_value, (nuint)r1, MemoryRegionKind.Packet, writable: true);
            return (ulong)_value;
        };
        BytecodeFault fault = Both.Fault(Image(Mov(1, 32), Call(1), Mov(1, 8), Call(1), Load(U64, 0, 0, 16), Exit()), host: host);
        Assert.Equal((8u, 8L), ((uint)fault.NearestRegion.Length, fault.Distance));
    }

    [Fact]
    public void AProgramMayHoldThousandsOfRegions()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            byte* start = _value + (r1 * Size);
            run.AddRegion(start, 8, MemoryRegionKind.MapValue, writable: true);
            return (ulong)start;
        };

        // Eight thousand look-ups, then the first value again.
        Outcome outcome = Both.Run(
            Image(
                Mov(1, 0),
                Call(1),
                MovRegister(7, 0),
                Mov(6, 8000),
                MovRegister(1, 6),
                Call(1),
                Store(U64, 0, 0, 6),
                Add(6, -1),
                JumpIfNotEqual(6, 0, -5),
                StoreConstant(U64, 7, 0, 5),
                Load(U64, 0, 7, 0),
                Exit()),
            host: host);
        Assert.Equal((5UL, null), (outcome.R0, outcome.Fault));
    }

    [Fact]
    public void ARegionIsRemovedHoweverLongTheRunHasHadIt()
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        {
            for (int i = 0; i < 200; i++)
            {
                run.AddRegion(_value + (i * Size), 8, MemoryRegionKind.MapValue, writable: true);
            }

            run.RemoveRegion(_value + (3 * Size));
            return (ulong)_value;
        };

        Assert.Null(Both.Run(Image(Call(1), Load(U64, 0, 0, 2 * Size), Exit()), host: host).Fault);
        BytecodeFault fault = Both.Fault(Image(Call(1), Load(U64, 0, 0, 3 * Size), Exit()), host: host);
        Assert.Equal((BytecodeFaultKind.InvalidRead, MemoryRegionKind.MapValue), (fault.Kind, fault.NearestRegion.Kind));
    }

    [Fact]
    public void TheHostHasTheLastWordOnAnAccess()
    {
        Outcome[] outcomes = [.. Engines.All.Select(engine =>
        {
            BytecodeImage image = Image(Load(U64, 0, 1, 8), Load(U64, 2, 1, 16), StoreConstant(U32, 1, 0, 1), Exit());
            IBytecodeProgram program = engine.Load(image, out _)!;
            BytecodeRun run = new(new OpenHost(_value), null, (ulong)_value, 0);
            return new Outcome(program.Run(ref run), run.Fault, "");
        })];
        Assert.All(outcomes, outcome => Assert.Equal((BytecodeFaultKind.InvalidWrite, 2), (outcome.Fault!.Kind, outcome.Fault.Instruction)));
    }

    private sealed class OpenHost(byte* start) : BytecodeHost
    {
        public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => 0;

        public override bool TryFindRegion(ref BytecodeRun run, byte* address, nuint length, bool write, out MemoryRegion region)
        {
            region = new((nuint)start, Size, MemoryRegionKind.MapValue, false);
            return true;
        }
    }
}
