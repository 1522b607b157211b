using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>A kind of object, with the calls that find objects of it.</summary>
/// <param name="Type">The kernel's type.</param>
/// <param name="Name">bpftool's name of it.</param>
/// <param name="NextId">Finds the next id.</param>
/// <param name="Open">Opens an object by its id.</param>
internal sealed record ObjectKind(
    EbpfObjectType Type, string Name, Func<Libbpf, uint, ulong, int> NextId, Func<Libbpf, uint, int> Open)
{
    /// <summary>Maps.</summary>
    public static ObjectKind Map { get; } = new(
        EbpfObjectType.Map, "map", (l, id, next) => l.bpf_map_get_next_id(id, next), (l, id) => l.bpf_map_get_fd_by_id(id));

    /// <summary>Programs.</summary>
    public static ObjectKind Program { get; } = new(
        EbpfObjectType.Program, "prog", (l, id, next) => l.bpf_prog_get_next_id(id, next), (l, id) => l.bpf_prog_get_fd_by_id(id));

    /// <summary>Links.</summary>
    public static ObjectKind Link { get; } = new(
        EbpfObjectType.Link, "link", (l, id, next) => l.bpf_link_get_next_id(id, next), (l, id) => l.bpf_link_get_fd_by_id(id));

    /// <summary>bpftool's name of a type of object.</summary>
    public static string NameOf(EbpfObjectType type) => type switch
    {
        EbpfObjectType.Map => Map.Name,
        EbpfObjectType.Program => Program.Name,
        EbpfObjectType.Link => Link.Name,
        _ => "unknown",
    };
}
