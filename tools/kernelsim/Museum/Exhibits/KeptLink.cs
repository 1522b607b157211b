using KernelSim.EbpfCore;
using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#4057: a detach that fails keeps a reference to a link.</summary>
internal sealed class KeptLink : IExhibit
{
    private const int Interface = 1;

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-4057",
        Title = "a reference leaked at detach",
        Side = ExhibitSide.Driver,
        Year = 2024,
        Link = ExhibitLabel.Pull(4057),
        Fixes = [ExhibitLabel.Pull(4057)],
        Saw = "after a failed detach a link is never freed, whatever the program closes; found by fuzzing",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A program attaches to an interface, detaches by attach type and data, and mistakes the map's descriptor for the program's. Then "
            + "it cleans up.",
        Application = "a call that fails has no effect",
        Library = "the kernel finds out whether a handle is a program's",
        Kernel = "whoever leaves the loop early has no link in its hands",
        Wrong = "The driver looks through all links. It holds a reference to the one that it looks at, and looks the program up only for a link "
            + "that could be the one. If the handle is not a program's, the loop ends there, and the reference with it.",
        Fix = "The way out of the loop drops the reference if no link matched. Upstream's fuzzer now looks for references that are left.",
    };

    /// <inheritdoc/>
    public bool NeedsExtensions => true;

    /// <inheritdoc/>
    public Cast Before { get; } = new("the driver before its fix") { DriverDefects = EbpfCoreDefects.KeepsLinkOnFailure };

    /// <inheritdoc/>
    public Cast After { get; } = new("the driver as it is");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        Libbpf library = stage.Library;
        int map = stage.CreateMap(BpfMapType.Hash, sizeof(uint), sizeof(ulong), maxEntries: 64);
        bpf_object module = library.bpf_object__open("droppacket.sys") ?? throw new InvalidOperationException("the exhibit has no module");
        stage.Prepare("bpf_object__load", l => l.bpf_object__load(module));
        bpf_program program = library.bpf_object__next_program(module, null)!;
        bpf_link link = library.bpf_program__attach_xdp(program, Interface) ?? throw new InvalidOperationException("the exhibit has no link");
        Guid xdp = AttachTypeTable.FindBySection("xdp")!.Id;
        ulong parameter = stage.Place(Interface);
        int detached = stage.Call(
            "ebpf_program_detach",
            $"descriptor of the map, xdp, interface {Interface}",
            l => -(int)ResultConversions.ToErrno(l.ebpf_program_detach(map, xdp, parameter, sizeof(int))));
        stage.Prepare("bpf_link__destroy", l => l.bpf_link__destroy(link));
        library.bpf_object__close(module);
        ulong id = stage.Room(sizeof(uint));
        int left = stage.Call("bpf_link_get_next_id", "0, next_id", l => l.bpf_link_get_next_id(0, id));
        stage.Compare("detach by the wrong descriptor", "refused", detached < 0 ? "refused" : "accepted");
        stage.Compare("the first link after the clean-up", ExhibitStage.Spell(-(int)Errno.ENOENT), ExhibitStage.Spell(left));
    }
}
