using KernelSim.EbpfCore.Native;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol.Messages;
using KernelSim.Protocol.Modules;
using KernelSim.Samples.Programs;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>A <see cref="Lab"/> with the network's hooks and the sample modules. Disposing it fails the test if anything is still held.</summary>
internal sealed class ModuleLab : IDisposable
{
    public ModuleLab(LibraryVersion version = LibraryVersion.Checked)
    {
        Lab = new Lab(version);
        NetEbpfExtDriver extension = new();
        Assert.True(Lab.Machine.LoadDriver(extension, out _).IsSuccess);
        SampleModules.Install(Lab.Machine.Images);
        Network = new NetworkEventSource(extension);
    }

    public Lab Lab { get; }

    public Libbpf Library => Lab.Library;

    public NetworkEventSource Network { get; }

    public bpf_object Open(string path)
    {
        bpf_object? opened = Library.bpf_object__open(path);
        Assert.True(opened is not null, $"{path}: {Library.LastRefusal}");
        return opened;
    }

    public bpf_object Load(string path)
    {
        bpf_object opened = Open(path);
        Assert.True(Library.bpf_object__load(opened) == 0, $"{path}: {Library.LastRefusal}");
        return opened;
    }

    public bpf_program Program(bpf_object loaded, string name)
    {
        bpf_program? program = Library.bpf_object__find_program_by_name(loaded, name);
        Assert.NotNull(program);
        return program;
    }

    public int Fd(bpf_object loaded, string program) => Libbpf.bpf_program__fd(Program(loaded, program));

    public bpf_map Map(bpf_object loaded, string name)
    {
        bpf_map? map = Library.bpf_object__find_map_by_name(loaded, name);
        Assert.NotNull(map);
        return map;
    }

    /// <summary>All of what the kernel knows of an object.</summary>
    public TInfo Info<TInfo>(int fd)
        where TInfo : unmanaged
    {
        ulong info = Lab.Put(default(TInfo));
        ulong length = Lab.Put((uint)System.Runtime.CompilerServices.Unsafe.SizeOf<TInfo>());
        Assert.Equal(0, Library.bpf_obj_get_info_by_fd(fd, info, length));
        return Lab.Read<TInfo>(info);
    }

    public uint ProgramId(int fd) => Info<BpfProgInfo>(fd).Id;

    /// <summary>Installs a copy of a sample module with a changed file, which nobody has compiled.</summary>
    public void InstallChanged(string path, Func<NativeModuleFile, NativeModuleFile> change)
    {
        NativeModuleFile? file = NativeModuleFile.TryParse(SampleModules.DropPacketImage.Contents.Span);
        Assert.NotNull(file);
        Lab.Machine.Images.Install(NativeModuleImage.Build(path, change(file), [DropPacket.Run]));
    }

    public void Dispose() => Lab.Dispose();
}
