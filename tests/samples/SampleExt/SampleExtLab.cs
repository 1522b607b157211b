using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Native;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.SampleExt;

/// <summary>A machine with the eBPF driver and the sample extension, whose programs are loaded. Disposing it fails if anything is left.</summary>
internal sealed class SampleExtLab : IDisposable
{
    private DriverObject? _loaded;

    public SampleExtLab()
    {
        Machine = Machine.Boot(new MachineOptions { Processors = 2 });
        Assert.Equal(NtStatus.Success, Machine.LoadDriver(new EbpfCoreDriver(), out _));
        Load();
        Machine.Images.Install(NativeModuleImage.Compile(typeof(SampleTypePrograms), "sampletype.sys"));
        Session = new BpfSession(Machine.Processes.Create(null).Gate);
        Module = Session.LoadModule("sampletype.sys");
    }

    public Machine Machine { get; }

    public SampleExtDriver Driver { get; } = new();

    public BpfSession Session { get; }

    public BpfModule Module { get; }

    public void Load() => Assert.Equal(NtStatus.Success, Machine.LoadDriver(Driver, out _loaded));

    public void Unload() => Assert.Equal(NtStatus.Success, Machine.UnloadDriver(_loaded!));

    /// <summary>Test-runs a program with room for all that goes in.</summary>
    public (uint Result, SampleProgramContext Context, byte[] Data) Run(
        string program, in SampleProgramContext context, byte[] data, int? dataRoom = null, int repeat = 1)
    {
        byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<SampleProgramContext>(in context)).ToArray();
        TestRunResult result = Module.Program(program).TestRun(new TestRun
        {
            Data = data,
            Context = bytes,
            DataRoom = dataRoom ?? data.Length,
            ContextRoom = bytes.Length,
            Repeat = repeat,
            Cpu = 1,
        });
        return (result.ReturnValue, MemoryMarshal.Read<SampleProgramContext>(result.Context.Span), result.Data.ToArray());
    }

    public void Dispose()
    {
        Module.Dispose();
        Session.Dispose();
        ShutdownReport report = Machine.Shutdown();
        Machine.Dispose();
        Assert.Empty(report.Leaks);
    }
}
