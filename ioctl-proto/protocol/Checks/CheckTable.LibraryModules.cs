namespace KernelSim.Protocol.Checks;

// 16xx: the library's calls on files of programs and maps.
public static partial class CheckTable
{
    /// <summary>A kind of file that can be opened.</summary>
    public static readonly EbpfCheck ApiObjectNative = new(
        1601,
        "api.object.native",
        "Only native modules can be opened: bytecode in ELF files needs the verifier and a compiler, which this build does not have.",
        "a path that ends in .sys or .dll",
        EbpfResult.OperationNotSupported,
        "Compile the programs to a native module and open that.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The file exists.</summary>
    public static readonly EbpfCheck ApiObjectFile = new(
        1602,
        "api.object.file",
        "The file must exist.",
        "the path of a driver image that the machine has",
        EbpfResult.InvalidObject,
        "Install the image on the machine under this path, or correct the path.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The file is a native module.</summary>
    public static readonly EbpfCheck ApiObjectContents = new(
        1603,
        "api.object.contents",
        "The file must be that of a native module.",
        "a native module's file",
        EbpfResult.InvalidArgument,
        "Open a file that was compiled to a native module.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A service that starts the driver.</summary>
    public static readonly EbpfCheck ApiObjectService = new(
        1604,
        "api.object.service",
        "Loading a native module starts a driver, for which a service is created.",
        "STATUS_SUCCESS for CreateService",
        EbpfResult.AccessDenied,
        "Run the process as administrator.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A path to pin a map at.</summary>
    public static readonly EbpfCheck ApiMapPinPath = new(
        1611,
        "api.map_pin.path",
        "A map is pinned at its own pin path or at the path given; if it has a pin path, a different one is refused.",
        "path = the map's pin path, if it has one",
        EbpfResult.InvalidArgument,
        "Pass NULL or the map's own pin path; to change it, call bpf_map__set_pin_path first.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map of this object that is already pinned elsewhere.</summary>
    public static readonly EbpfCheck ApiMapPinned = new(
        1612,
        "api.map_pin.pinned",
        "A map of an object can be pinned only once.",
        "the map is not pinned",
        EbpfResult.AlreadyPinned,
        "Unpin it first, or pin its descriptor with bpf_obj_pin.")
    {
        Relation = CheckRelation.InWords,
    };
}
