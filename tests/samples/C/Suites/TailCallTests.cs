using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Tail calls of objects: upstream's libbpf_test.cpp.</summary>
public sealed class TailCallTests : IDisposable
{
    private const uint NoMoreTailCalls = unchecked((uint)-(int)EbpfResult.NoMoreTailCalls);
    private const uint InvalidArgument = unchecked((uint)-(int)EbpfResult.InvalidArgument);
    private const int MostRuns = 34;

    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_of_the_same_section_takes_over(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("same_section", engine);
        Assert.All(["caller", "callee"], name =>
        {
            bpf_program program = _lab.Program(loaded, name);
            Assert.Equal(("sample_ext", name), (Libbpf.bpf_program__section_name(program), Libbpf.bpf_program__name(program)));
            Assert.True(Libbpf.bpf_program__fd(program) > 0);
        });
        _lab.Attach(loaded, "caller");
        Assert.Equal((42u, 0u), (_lab.Fire(), _lab.Value(loaded, "answers")));
        Assert.Equal(0, _lab.Update(_lab.MapFd(loaded, "next"), 0u, -1));
        Assert.Equal((6u, InvalidArgument), (_lab.Fire(), _lab.Value(loaded, "answers")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_slot_that_the_map_does_not_have_answers_the_caller(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("no_slot", engine);
        Assert.Equal(InvalidArgument, _lab.Run(_lab.ProgramFd(loaded, "caller")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Programs_that_user_mode_puts_in_follow_each_other(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("two_callees", engine);
        Assert.Equal(BpfProgType.Sample, Libbpf.bpf_program__get_type(_lab.Program(loaded, "callee0")));
        int next = _lab.MapFd(loaded, "next");
        foreach ((uint slot, string name) in ((uint, string)[])[(0, "callee0"), (9, "callee1")])
        {
            Assert.Equal(0, _lab.Update(next, slot, _lab.ProgramFd(loaded, name)));
            int fd = Library.bpf_prog_get_fd_by_id(_lab.Find<uint, uint>(next, slot));
            Assert.True(fd > 0);
            Assert.Equal(0, Library.close(fd));
        }

        _lab.Attach(loaded, "caller");
        Assert.Equal(3u, _lab.Fire());
        Assert.Equal((0, 0), (_lab.Update(next, 0u, -1), _lab.Update(next, 9u, -1)));
        Assert.Equal(1u, _lab.Fire());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_that_calls_itself_runs_34_times(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("recurse", engine);
        Assert.Equal(NoMoreTailCalls, _lab.Run(_lab.ProgramFd(loaded, "recurse")));
        Assert.Equal((uint)MostRuns, _lab.Value(loaded, "runs"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Of_35_programs_in_a_row_34_run(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("relay", engine);
        Assert.Equal(NoMoreTailCalls, _lab.Run(_lab.ProgramFd(loaded, "step0")));
        Assert.Equal((uint)MostRuns, _lab.Value(loaded, "runs"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_array_takes_programs_of_one_type(EbpfExecutionType engine)
    {
        int sample = _lab.ProgramFd(_lab.Load("answer", engine), "answer");
        int bind = _lab.ProgramFd(_lab.Load("bind_limits", engine), "limit_ports");
        int array = _lab.CreateMap(BpfMapType.ProgArray, maxEntries: 2);
        Assert.Equal(0, _lab.Update(array, 0u, sample));
        Assert.Equal(-(int)Errno.EBADF, _lab.Update(array, 0u, bind));
        int ofObject = _lab.MapFd(_lab.Load("two_callees", engine), "next");
        Assert.Equal(-(int)Errno.EBADF, _lab.Update(ofObject, 0u, bind));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Programs_stay_in_an_array_after_their_object_was_closed(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        int array = _lab.CreateMap(BpfMapType.ProgArray, maxEntries: 3);
        string[] names = ["first", "second", "last"];
        Assert.All(names.Index(), n => Assert.Equal(0, _lab.Update(array, (uint)n.Index, _lab.ProgramFd(loaded, n.Item))));
        Library.bpf_object__close(loaded);
        foreach ((int slot, string name) in names.Index())
        {
            int fd = Library.bpf_prog_get_fd_by_id(_lab.Find<uint, uint>(array, (uint)slot));
            Assert.Equal(name, _lab.Info<KernelSim.Protocol.Messages.BpfProgInfo>(fd).Name.ToString());
            Assert.Equal(0, Library.close(fd));
        }

        Assert.Equal(0, Library.close(array));
        Assert.Equal((0, 0, 0), _lab.Objects);
    }
}
