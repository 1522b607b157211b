using KernelSim.Bytecode;
using KernelSim.ObjectFiles;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>Upstream's samples as this project's library sees them.</summary>
public sealed class UpstreamSampleTests(UpstreamSamples samples) : IClassFixture<UpstreamSamples>
{
    // Upstream refuses these as well: an inner map that no map has the id of, a pinning that does not exist.
    private static readonly string[] s_refused = ["invalid_maps1.o", "invalid_maps3.o"];

    // The compiler of upstream's records chose other registers, or another order.
    private static readonly string[] s_compiledDifferently =
    [
        "invalid_helpers/BindMonitor_Callee1",
        "invalid_maps2/BindMonitor_Callee1",
        "perf_event_burst/perf_event_burst",
        "perf_event_cpu_target/perf_event_cpu_target",
    ];

    [Fact]
    public void Every_sample_opens_that_upstream_opens()
    {
        UpstreamSamples.Require();

        Assert.Equal(s_refused, samples.Objects.Where(o => UpstreamSamples.Read(o, out _) is null).Select(o => Path.GetFileName(o)).Order());
    }

    [Fact]
    public void A_damaged_object_is_refused_with_its_place()
    {
        UpstreamSamples.Require();

        Assert.All(UpstreamCheckout.DamagedObjects, o =>
        {
            Assert.Null(UpstreamSamples.Read(o, out ObjectProblem? problem));
            Assert.Contains("at offset 0x", problem!.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_function_has_the_instructions_that_upstream_recorded()
    {
        UpstreamSamples.Require();
        List<string> different = [];
        foreach (string path in samples.Objects)
        {
            string sample = Path.GetFileNameWithoutExtension(path);
            if (UpstreamSamples.Read(path, out _) is { } file)
            {
                different.AddRange(RecordedFunction.Of(sample).Where(r => !IsSame(r, file)).Select(r => $"{sample}/{r.Name}"));
            }
        }

        Assert.Equal(s_compiledDifferently, different.Order());
    }

    private static bool IsSame(RecordedFunction recorded, BpfObjectFile file)
    {
        (ObjectProgram program, LinkedFunction function) =
            file.Programs.SelectMany(p => p.Functions.Select(f => (p, f))).First(f => f.f.Function.Name == recorded.Name);
        int slot = function.FirstInstruction;
        foreach ((int recordedSlot, BpfInstruction instruction) in recorded.Instructions)
        {
            if (recordedSlot != slot - function.FirstInstruction || !IsSame(instruction, program.Instructions[slot]))
            {
                return false;
            }

            slot += program.Instructions[slot].IsWide ? 2 : 1;
        }

        return slot == function.FirstInstruction + function.Function.InstructionCount;
    }

    /// <summary>Whether two instructions are the same, but for the numbers of maps, functions and externs.</summary>
    private static bool IsSame(BpfInstruction recorded, BpfInstruction instruction)
    {
        bool refers = instruction is { IsWide: true, Source: not 0 } || instruction is { IsWide: false, IsHelperCall: false, Opcode: 0x85 };
        return instruction with { Immediate = 0 } == recorded with { Immediate = 0 } && (refers || instruction.Immediate == recorded.Immediate);
    }
}
