using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed unsafe class ObserverTests
{
    [Fact]
    public void AnObserverSeesEachInstructionWithTheRegistersBeforeIt()
    {
        Recorder recorder = new(int.MaxValue);
        BytecodeRun run = new(new TestHost(), null, 3, 0) { Observer = recorder };
        ulong r0 = Engines.Interpreter.Load(Image(Mov(0, 4), CallLocal(1), Exit(), AddRegister(0, 1), Exit()), out _)!.Run(ref run);
        Assert.Equal(3UL, r0);
        Assert.Equal([(0, 0UL), (1, 4UL), (3, 0UL), (4, 3UL), (2, 3UL)], recorder.Seen);
    }

    [Fact]
    public void AnObserverEndsARunBeforeAnInstruction()
    {
        Recorder recorder = new(3);
        BytecodeRun run = new(new TestHost(), null, 0, 0) { Observer = recorder };
        Engines.Interpreter.Load(Image(Mov(0, 4), Jump(-2)), out _)!.Run(ref run);
        Assert.Equal((BytecodeFaultKind.Interrupted, 0), (run.Fault!.Kind, run.Fault.Instruction));
        Assert.Equal(3, recorder.Seen.Count);
    }

    private sealed class Recorder(int limit) : IInstructionObserver
    {
        public List<(int Instruction, ulong R0)> Seen { get; } = [];

        public void OnInstruction(ref BytecodeRun run, int instruction, ReadOnlySpan<ulong> registers)
        {
            Seen.Add((instruction, registers[0]));
            if (Seen.Count == limit)
            {
                run.Interrupt();
            }
        }
    }
}
