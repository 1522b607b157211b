namespace KernelSim.Protocol.Checks;

// 16xx: the library's calls about files of programs and maps.
public static partial class CheckTable
{
    /// <summary>A kind of file that can be opened.</summary>
    public static readonly Check ApiObjectNative = new(
        1601,
        "api.object.native",
        "Only native modules can be opened: bytecode in ELF files needs the verifier and a compiler, which this build does not have.",
        "a path that ends in .sys or .dll",
        EbpfResult.OperationNotSupported,
        "Compile the programs to a native module and open that.");

    /// <summary>A file that is there.</summary>
    public static readonly Check ApiObjectFile = new(
        1602,
        "api.object.file",
        "The file must be there.",
        "the path of a driver image that the machine has",
        EbpfResult.InvalidObject,
        "Install the image on the machine under this path, or correct the path.");

    /// <summary>A file that is a module.</summary>
    public static readonly Check ApiObjectContents = new(
        1603,
        "api.object.contents",
        "The file must be that of a native module.",
        "a native module's file",
        EbpfResult.InvalidArgument,
        "Open a file that was compiled to a native module.");

    /// <summary>A service to start the driver.</summary>
    public static readonly Check ApiObjectService = new(
        1604,
        "api.object.service",
        "Loading a native module starts a driver, for which a service is created.",
        "STATUS_SUCCESS for CreateService",
        EbpfResult.AccessDenied,
        "Run the process as administrator.");

    /// <summary>A path to pin a map at.</summary>
    public static readonly Check ApiMapPinPath = new(
        1611,
        "api.map_pin.path",
        "A map is pinned at the path that it has or that is given; if it has one, another is refused.",
        "path = the map's pin path, where it has one",
        EbpfResult.InvalidArgument,
        "Pass NULL or the map's own pin path; change that with bpf_map__set_pin_path before.");

    /// <summary>A map of this object that is pinned already, elsewhere.</summary>
    public static readonly Check ApiMapPinned = new(
        1612,
        "api.map_pin.pinned",
        "A map of an object is pinned once.",
        "the map is not pinned",
        EbpfResult.AlreadyPinned,
        "Unpin it first, or pin its descriptor with bpf_obj_pin.");
}
