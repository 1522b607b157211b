using System.Runtime.InteropServices;
using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed unsafe class ParallelTests
{
    public static TheoryData<string> EngineNames => Engines.Names;

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void AProgramRunsOnAllProcessorsAtOnceAndAllocatesNothing(string name)
    {
        const int Threads = 4;
        const int Runs = 2000;
        IBytecodeProgram program = Engines.Named(name).Load(Image(Mov(2, 1), Atomic(U64, 1, 0, 2, 0), Mov(0, 0), Exit()), out _)!;
        TestHost host = new();
        nint counter = (nint)NativeMemory.AllocZeroed(8);
        long allocated = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            Run(program, host, (byte*)counter);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 1; i < Runs; i++)
            {
                Run(program, host, (byte*)counter);
            }

            Interlocked.Add(ref allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1))));
        Assert.Equal((Threads * Runs, 0), (*(long*)counter, allocated));
        NativeMemory.Free((void*)counter);
    }

    private static void Run(IBytecodeProgram program, TestHost host, byte* counter)
    {
        BytecodeRun run = new(host, null, (ulong)counter, 0);
        run.AddRegion(counter, 8, MemoryRegionKind.MapValue, writable: true);
        program.Run(ref run);
    }
}
