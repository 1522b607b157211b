namespace KernelSim.Bytecode.Tests;

/// <summary>Damaged programs: the structural check refuses them, or both engines run them, and nothing else happens.</summary>
public sealed class DamagedProgramTests
{
    private const ulong Budget = 1000;

    [Fact]
    public void DamagedProgramsAreRefusedOrRun() => RunDamaged(1, 2000);

    [Fact]
    public void VeryManyDamagedProgramsAreRefusedOrRun()
    {
        LongRuns.Require();
        RunDamaged(2, 1_000_000);
    }

    [Fact]
    public void RandomBytesAreRefusedOrRun()
    {
        Random random = new(3);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Run(bytes, []);
        }
    }

    [Fact]
    public void ProgramsOfTheGreatestLengthLoadAndRunInBothEngines()
    {
        const int Length = 65_536;
        BpfInstruction[] loads = [.. Enumerable.Repeat(Code.Load(Code.U64, 2, 1, 0), Length - 1), Code.Exit()];
        BpfInstruction[] loops = [.. Enumerable.Repeat(Code.JumpIfNotEqual(0, 0, -1), Length - 1), Code.Exit()];
        foreach (BpfInstruction[] program in (BpfInstruction[][])[loads, loops])
        {
            Assert.Null(Both.Run(Code.Image(program), new byte[8]).Fault);
        }
    }

    private static void RunDamaged(int seed, int count)
    {
        Random random = new(seed);
        int ran = 0;
        for (int i = 0; i < count; i++)
        {
            ConformanceCase test = ConformanceCase.All[random.Next(ConformanceCase.All.Count)];
            byte[] program = [.. test.Program];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                program[random.Next(program.Length)] ^= (byte)(1 << random.Next(8));
            }

            ran += Run(program, test.Memory) ? 1 : 0;
        }

        Assert.InRange(ran, count / 20, count * 19 / 20);
    }

    private static bool Run(byte[] program, byte[] memory)
    {
        BytecodeImage image = BytecodeImage.FromBytes(program);
        if (StructuralCheck.Run(image.Instructions.AsSpan(), image.Structure) is { } problem)
        {
            Assert.All(Engines.All, engine => Assert.Null(engine.Load(image, out _)));
            Assert.InRange(problem.Instruction, 0, Math.Max(0, image.Instructions.Length - 1));
            return false;
        }

        // Results may hold addresses of the host, which differ; where a run ends may depend on them.
        Assert.All(Engines.All, engine => Outcome.Of(engine, image, memory, budget: Budget));
        return true;
    }
}
