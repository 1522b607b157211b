namespace KernelSim.Protocol.Checks;

// 16xx: the library's calls on files of programs and maps.
public static partial class CheckTable
{
    /// <summary>A kind of file that can be opened.</summary>
    public static readonly EbpfCheck ApiObjectNative = new(
        1601,
        "api.object.native",
        "A library for native modules only opens nothing else: it has no compiler and no interpreter for object files in ELF.",
        "a path that ends in .sys or .dll",
        EbpfResult.OperationNotSupported,
        "Compile the programs to a native module and open that, or load the library without NativeOnly.")
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
        "Install the image on the machine under this path, or correct the path. A lab script on a machine of its own also finds a module's assembly "
        + "(.dll) among the host's files; a server takes one with --driver.")
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

    /// <summary>A file of the host.</summary>
    public static readonly EbpfCheck ApiObjectHostFile = new(
        1605,
        "api.object.host_file",
        "The object file must exist and be readable.",
        "the path of an object file of the host",
        EbpfResult.FileNotFound,
        "Correct the path. A path that ends in .sys or .dll is one of the machine's own driver images.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The contents of an object file.</summary>
    public static readonly EbpfCheck ApiObjectBuffer = new(
        1606,
        "api.object.buffer",
        "The contents of an object file must be accessible in full.",
        "buffer_size",
        EbpfResult.InvalidArgument,
        "Pass the number of bytes that the buffer has.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A map to be used again.</summary>
    public static readonly EbpfCheck ApiObjectReuse = new(
        1607,
        "api.object.reuse",
        "A map that is pinned by name uses the map that is pinned there already, whose definition must be the same.",
        "the definition that the object has for the map",
        EbpfResult.InvalidArgument,
        "Unpin the other map, or open the object with another pin_root_path.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A function or variable of the kernel.</summary>
    public static readonly EbpfCheck ApiObjectExtern = new(
        1608,
        "api.object.extern",
        "A program of instructions cannot use functions and variables of the kernel: the driver gives their addresses to native modules only.",
        "a program without externs",
        EbpfResult.OperationNotSupported,
        "Use a helper, or compile the program to a native module.")
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
