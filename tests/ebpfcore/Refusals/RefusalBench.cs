using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Tests.Links;
using KernelSim.EbpfCore.Tests.Native;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Images;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Tests.Refusals;

/// <summary>What a way to a refusal needs: machines whose events the test hears, and messages to make wrong.</summary>
internal sealed class RefusalBench(ulong requestIdBase) : IDisposable
{
    private static readonly DriverImage s_counter = NativeModuleImage.Compile(typeof(CounterModule), "counter.sys");

    private readonly Stack<Action> _undo = new();
    private EbpfMachine? _machine;
    private LinkMachine? _links;

    public static Guid ModuleId { get; } = new("dddddddd-0000-0000-0000-000000000001");

    /// <summary>A machine with the driver and a small program type.</summary>
    public EbpfMachine Machine => _machine ??= Boot();

    public EbpfUser User => Machine.User;

    /// <summary>A machine with hooks. Not together with <see cref="Machine"/>.</summary>
    public LinkMachine Links
    {
        get
        {
            if (_links is null)
            {
                _links = new LinkMachine(machine: new MachineOptions { RequestIdBase = requestIdBase });
                _undo.Push(_links.Dispose);
            }

            return _links;
        }
    }

    public TestExtension Extension { get; private set; } = null!;

    /// <summary>The bytes of the module's file.</summary>
    public static ReadOnlySpan<byte> Contents => s_counter.Contents.Span;

    public static NativeModuleFile File => NativeModuleFile.TryParse(s_counter.Contents.Span)!;

    public EbpfMachine Boot(int cpus = 2, EbpfCoreOptions? options = null, long poolLimit = 64 << 20)
    {
        _machine = new EbpfMachine(
            cpus,
            options ?? EbpfCoreOptions.NativeOnly with { Interpreter = new TestEngine() },
            new MachineOptions { RequestIdBase = requestIdBase, PoolLimit = poolLimit });
        _undo.Push(_machine.Dispose);
        Extension = TestExtension.Register(_machine.Machine);
        _undo.Push(() => Extension.Deregister(_machine.Machine));
        return _machine;
    }

    /// <summary>Registers a provider until the end, when all maps have gone.</summary>
    public void Register(NmrModule module)
    {
        Machine.InKernel(current => Assert.Equal(NtStatus.Success, Machine.Machine.Nmr.Register(current, module)));
        _undo.Push(() =>
        {
            User.Process.Terminate(NtStatus.Success);
            Machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            Machine.InKernel(current => Machine.Machine.Nmr.Deregister(current, module));
        });
    }

    public Answer CreateMap(BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 4, long inner = -1, int name = 0) =>
        User.CreateMap(
            new EbpfMapDefinition { Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries }, new byte[name], inner);

    /// <summary>Creates a custom map of a provider that is changed.</summary>
    public Answer CreateCustom(RecordingMapProvider provider, MapProviderDispatch? dispatch = null)
    {
        Register(provider.Provider(dispatch: dispatch));
        return CreateMap(BpfMapType.Xskmap, valueSize: 4);
    }

    public TestMap NewRing(BpfMapType type = BpfMapType.Ringbuf) => User.NewMap(type, keySize: 0, maxEntries: 4096);

    /// <summary>Starts the driver of a module, and loads it.</summary>
    public Answer LoadModule(Func<NativeModuleFile, NativeModuleFile>? change = null, byte[]? authorized = null)
    {
        DriverImage image = Image(change);
        string service = Machine.NewService(image, ModuleId);
        if (authorized is not { Length: 0 })
        {
            User.Authorize(ModuleId, authorized ?? image.Contents.Span).Expect(EbpfResult.Success);
        }

        return User.LoadModule(service, ModuleId);
    }

    /// <summary>Starts the driver of a second file with the same contents, under the id of a module.</summary>
    public Answer LoadCopy(Guid id)
    {
        Machine.Machine.Images.Install(s_counter with { Path = "copy.sys" });
        Assert.Equal(NtStatus.Success, Machine.Machine.Services.Create("second", "copy.sys", id));
        return User.LoadModule("second", id);
    }

    /// <summary>Loads a module that is in order as far as its driver goes, and then its programs.</summary>
    public Answer LoadPrograms(Func<NativeModuleFile, NativeModuleFile> change)
    {
        NativeModuleFile file = change(File);
        LoadModule(change).Expect(EbpfResult.Success);
        return User.LoadPrograms(ModuleId, file.Maps.Count + file.Programs.Count);
    }

    public Answer LoadProgramsWith(Func<NativeProgramEntry, NativeProgramEntry> change) =>
        LoadPrograms(f => f with { Programs = [change(f.Programs[0]), f.Programs[1]] });

    public Answer LoadProgramsWith(int map, Func<NativeMapEntry, NativeMapEntry> change) =>
        LoadPrograms(f => f with { Maps = [.. f.Maps.Select((m, i) => i == map ? change(m) : m)] });

    /// <summary>Loads the module while a map of another shape is pinned where it looks for its own.</summary>
    public Answer LoadProgramsBeside(BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 1)
    {
        User.Pin(User.NewMap(type, keySize, valueSize, maxEntries).Handle, @"BPF:\shared"u8).Expect(EbpfResult.Success);
        return LoadPrograms(f => f);
    }

    public void Dispose()
    {
        while (_undo.TryPop(out Action? undo))
        {
            undo();
        }
    }

    private static DriverImage Image(Func<NativeModuleFile, NativeModuleFile>? change) =>
        change is null ? s_counter : NativeModuleImage.Build("changed.sys", change(File), [CounterModule.Count, CounterModule.CountMore]);
}
