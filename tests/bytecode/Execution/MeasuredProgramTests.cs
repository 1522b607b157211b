using System.Text.Json;

namespace KernelSim.Bytecode.Tests.Execution;

/// <summary>The programs that <c>kernelsim bench</c> measures the engines with do what their <c>programs.json</c> says.</summary>
public sealed class MeasuredProgramTests
{
    private static readonly string s_folder = Repository.PathOf("tools", "kernelsim", "Bench", "Bytecode", "Programs");

    private static readonly Dictionary<string, JsonElement> s_programs = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(s_folder, "programs.json"))).RootElement
        .EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);

    public static TheoryData<string> Programs =>
        [.. Directory.EnumerateFiles(s_folder, "*.hex").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_measured_program_returns_its_result(string name)
    {
        Outcome outcome = Both.Run(ImageOf(name), MemoryOf(name));

        Assert.Null(outcome.Fault);
        Assert.Equal(s_programs[name].GetProperty("r0").GetString(), outcome.R0.ToString("x", null));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public unsafe void A_measured_program_executes_as_many_instructions_as_its_times_are_divided_by(string name)
    {
        byte[] memory = MemoryOf(name);
        Counter counter = new();
        fixed (byte* start = memory)
        {
            BytecodeRun run = new(new TestHost(), null, (ulong)start, (ulong)memory.Length) { Observer = counter };
            run.AddRegion(start, (nuint)memory.Length, MemoryRegionKind.Context, writable: true);
            Engines.Interpreter.Load(ImageOf(name), out _)!.Run(ref run);
        }

        Assert.Equal(s_programs[name].GetProperty("instructions").GetInt32(), counter.Instructions);
    }

    private static BytecodeImage ImageOf(string name) => BytecodeImage.FromBytes(
        Convert.FromHexString(File.ReadAllText(Path.Combine(s_folder, $"{name}.hex")).ReplaceLineEndings(string.Empty)), name);

    private static byte[] MemoryOf(string name) => Convert.FromHexString(s_programs[name].GetProperty("memory").GetString()!);

    private sealed class Counter : IInstructionObserver
    {
        public int Instructions { get; private set; }

        public void OnInstruction(ref BytecodeRun run, int instruction, ReadOnlySpan<ulong> registers) => Instructions++;
    }
}
