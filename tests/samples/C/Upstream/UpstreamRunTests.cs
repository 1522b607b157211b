using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.Tests.C.Running;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>Upstream's samples, loaded into a machine, attached and run by events.</summary>
public sealed class UpstreamRunTests(UpstreamSamples samples) : IClassFixture<UpstreamSamples>
{
    private const int Events = 300;

    private static readonly NetworkTraffic s_traffic = new()
    {
        Mix = Enum.GetValues<NetworkEventKind>().ToDictionary(k => k, _ => 1),
        V6Percent = 50,
    };

    // Upstream does not load these either, but for btf_resolved and custom_map_basic: they call what its own sample extension has.
    private static readonly Dictionary<string, string> s_refused = new()
    {
        ["bad_map_name.o"] = "map.create.name",
        ["bpf.o"] = "program.create.type",
        ["btf_resolved.o"] = "api.object.extern",
        ["custom_map_basic.o"] = "bytecode.helper",
        ["custom_map_invalid.o"] = "map.custom.program_type",
        ["invalid_helpers.o"] = "bytecode.helper",
        ["invalid_maps1.o"] = "maps.legacy.inner_id",
        ["invalid_maps2.o"] = "map.create.type",
        ["invalid_maps3.o"] = "maps.pinning",
        ["test_invalid_redirect_map.o"] = "program.resolve_helper.implemented",
        ["test_sample_invalid_socket_cookie.o"] = "program.resolve_helper.implemented",
    };

    [Theory]
    [MemberData(nameof(CSampleLab.Engines), MemberType = typeof(CSampleLab))]
    public void Every_sample_loads_is_attached_and_runs(EbpfExecutionType engine)
    {
        UpstreamSamples.Require();

        string[] failures = [.. samples.Objects.Where(o => !s_refused.ContainsKey(Path.GetFileName(o))).SelectMany(o => Run(o, engine))];

        Assert.True(failures.Length == 0, string.Join('\n', failures));
    }

    [Theory]
    [MemberData(nameof(CSampleLab.Engines), MemberType = typeof(CSampleLab))]
    public void A_sample_that_does_not_load_is_refused_with_its_reason(EbpfExecutionType engine)
    {
        UpstreamSamples.Require();
        using CSampleLab lab = new();

        Assert.All(samples.Objects.Where(o => s_refused.ContainsKey(Path.GetFileName(o))), o =>
        {
            BpfException refused = Assert.Throws<BpfException>(() => lab.Session.LoadModule(o, execution: engine));
            Assert.Contains(s_refused[Path.GetFileName(o)], refused.Message, StringComparison.Ordinal);
        });
    }

    /// <summary>Loads an object, and attaches each of its programs in turn; what goes wrong.</summary>
    private static List<string> Run(string path, EbpfExecutionType engine)
    {
        using CSampleLab lab = new();
        try
        {
            using BpfModule module = lab.Session.LoadModule(path, execution: engine);
            return [.. module.Programs.Select(p => Run(lab, p)).OfType<string>().Select(f => $"{Path.GetFileName(path)}: {f}")];
        }
        catch (BpfException e)
        {
            return [e.Message];
        }
    }

    private static string? Run(CSampleLab lab, BpfProgram program)
    {
        using BpfLink link = program.Attach();
        NetworkEventGenerator generator = new(s_traffic, seed: 1, processor: 0);
        int runs = 0;
        for (int i = 0; i < Events; i++)
        {
            NetworkVerdict verdict = lab.Network.Deliver(0, generator.Next());
            if (verdict.Status != EbpfResult.Success)
            {
                return $"{program.Name}: {verdict.Status}";
            }

            runs += verdict.Programs;
        }

        SampleProgramContext context = default;
        runs += lab.Sample.Invoke(0, ref context, new byte[64], out _) == EbpfResult.Success ? 1 : 0;
        return runs == 0 ? $"{program.Name} did not run" : null;
    }
}
