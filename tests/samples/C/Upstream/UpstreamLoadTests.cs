using KernelSim.Protocol;
using KernelSim.Samples.SampleMap;
using KernelSim.Samples.Tests.C.Suites;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>Upstream's samples, loaded through the library: upstream's api_test.cpp, <c>load_all_sample_programs</c>.</summary>
public sealed class UpstreamLoadTests(UpstreamSamples samples) : IClassFixture<UpstreamSamples>
{
    /// <summary>Those that do not load, and why.</summary>
    private static readonly Dictionary<string, Errno> s_refused = new()
    {
    };

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_sample_loads_or_is_refused_as_upstream_refuses_it(EbpfExecutionType engine)
    {
        UpstreamSamples.Require();
        using SuiteLab lab = new(first: new SampleMapDriver());
        Dictionary<string, Errno> refused = [];
        foreach (string path in samples.Objects)
        {
            if (Load(lab.Library, path, engine) is var error and not 0)
            {
                refused[Path.GetFileNameWithoutExtension(path)] = (Errno)(-error);
            }
        }

        Assert.Equal(s_refused.OrderBy(r => r.Key), refused.OrderBy(r => r.Key));
    }

    private static int Load(Libbpf library, string path, EbpfExecutionType engine)
    {
        if (library.bpf_object__open(path) is not { } opened)
        {
            return -(int)library.errno;
        }

        Assert.Equal(EbpfResult.Success, Libbpf.ebpf_object_set_execution_type(opened, engine));
        int result = library.bpf_object__load(opened);
        foreach (string name in result == 0 ? Pinned(opened) : [])
        {
            library.ebpf_object_unpin(name);
        }

        library.bpf_object__close(opened);
        return result;
    }

    private static IEnumerable<string> Pinned(bpf_object loaded)
    {
        for (bpf_map? map = Libbpf.bpf_object__next_map(loaded, null); map is not null; map = Libbpf.bpf_object__next_map(loaded, map))
        {
            if (Libbpf.bpf_map__is_pinned(map))
            {
                yield return $"/ebpf/global/{Libbpf.bpf_map__name(map)}";
            }
        }
    }
}
