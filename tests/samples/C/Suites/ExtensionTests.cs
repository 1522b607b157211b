using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.SampleMap;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Programs and the extension that their type comes from: upstream's end_to_end.cpp.</summary>
public sealed class ExtensionTests
{
    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    public static TheoryData<string, EbpfExecutionType> Programs => new()
    {
        { "answer", EbpfExecutionType.Jit },
        { "answer", EbpfExecutionType.Interpret },
        { "implicit", EbpfExecutionType.Jit },
        { "implicit", EbpfExecutionType.Interpret },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_waits_for_its_extension_and_goes_on_when_it_is_back(string program, EbpfExecutionType engine)
    {
        using SuiteLab lab = new(withExtension: false);
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_object__load(lab.Open(program, engine)));
        Assert.Equal((0, 0, 0), lab.Objects);
        lab.LoadExtension();
        lab.Attach(lab.Load(program, engine), program);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(42u, lab.Fire());
            lab.UnloadExtension();
            lab.LoadExtension();
        }

        Assert.Equal(42u, lab.Fire());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Helpers_get_the_context_on_their_own(EbpfExecutionType engine)
    {
        using SuiteLab lab = new();
        bpf_object loaded = lab.Load("implicit", engine);
        lab.Attach(loaded, "implicit");
        SampleProgramContext context = new() { HelperData1 = 1, HelperData2 = 2 };
        Assert.Equal(42u, lab.Fire(ref context));
        int outcome = lab.MapFd(loaded, "outcome");
        Assert.Equal((1ul, 12ul), (lab.Find<uint, ulong>(outcome, 0), lab.Find<uint, ulong>(outcome, 1)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_helper_is_there_for_types_whose_extension_implements_it(EbpfExecutionType engine)
    {
        using SuiteLab lab = new();
        Assert.Equal(1u, lab.Run(lab.ProgramFd(lab.Load("redirect", engine), "redirect")));
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_object__load(lab.Open("redirect_elsewhere", engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_of_an_extension_serves_programs_of_its_type(EbpfExecutionType engine)
    {
        SampleMapDriver driver = new();
        using SuiteLab lab = new(first: driver);
        bpf_object loaded = lab.Load("custom_map", engine);
        int map = lab.MapFd(loaded, "objects");
        Assert.Equal(0, lab.Update(map, 0u, 11u));
        Assert.Equal((1, 11u), (driver.ObjectCount, lab.Find<uint, uint>(map, 0)));

        // Its values are rewritten: programs get none, and cannot change any.
        Assert.Equal(0u, lab.Run(lab.ProgramFd(loaded, "find")));
        foreach (string program in (string[])["put", "push", "pop"])
        {
            Assert.NotEqual(0u, lab.Run(lab.ProgramFd(loaded, program)));
        }

        lab.Run(lab.ProgramFd(loaded, "take_out"));
        lab.Library.bpf_object__close(loaded);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_of_an_extension_serves_no_programs_of_other_types(EbpfExecutionType engine)
    {
        using SuiteLab lab = new(first: new SampleMapDriver());
        Assert.NotEqual(0, lab.Library.bpf_object__load(lab.Open("custom_map_elsewhere", engine)));
        Assert.Equal((0, 0, 0), lab.Objects);
    }

    [Fact]
    public void A_map_of_an_extension_needs_its_extension()
    {
        using SuiteLab lab = new();
        Assert.NotEqual(0, lab.Library.bpf_object__load(lab.Open("custom_map")));
        Assert.Equal((0, 0, 0), lab.Objects);
    }
}
