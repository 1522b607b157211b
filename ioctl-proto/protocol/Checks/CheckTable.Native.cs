using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 4550 to 4589: native modules. 455x are about attaching them, 4560 and up about loading them, 4566 and up about their contents.
public static partial class CheckTable
{
    /// <summary>Attach module: the metadata table.</summary>
    public static readonly EbpfCheck NativeAttachMetadata = new(
        4550,
        "native.attach.metadata",
        "A module must present its metadata when it attaches.",
        "given is 1 when the client dispatch is a metadata table",
        EbpfResult.InvalidArgument,
        "Compile the module with a current bpf2c.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Attach module: the compiler.</summary>
    public static readonly EbpfCheck NativeAttachVersion = new(
        4551,
        "native.attach.version",
        "A module must come from bpf2c 0.21.0 or later.",
        "major * 1000000 + minor * 1000 + revision >= 21000",
        EbpfResult.InvalidArgument,
        "Compile the module with a newer bpf2c.")
    {
        RefusesAttachment = true,
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Attach module: its programs.</summary>
    public static readonly EbpfCheck NativeAttachProgram = new(
        4552,
        "native.attach.program",
        "Every program of a module must have a body and lists of its helpers and maps.",
        "given is the index of the first that does not; expected is -1",
        EbpfResult.InvalidArgument,
        "Compile the module again.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.Place,
    };

    /// <summary>Attach module: its maps.</summary>
    public static readonly EbpfCheck NativeAttachMap = new(
        4553,
        "native.attach.map",
        "Every map of a module must have a name.",
        "given is the index of the first that has none; expected is -1",
        EbpfResult.InvalidArgument,
        "Name the map.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.Place,
    };

    /// <summary>Attach module: its initial values.</summary>
    public static readonly EbpfCheck NativeAttachValues = new(
        4554,
        "native.attach.initial_values",
        "The initial values of a map must be a list.",
        "given is the index of the first that is not; expected is -1",
        EbpfResult.InvalidArgument,
        "Compile the module again.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.Place,
    };

    /// <summary>Attach module: it has been authorised.</summary>
    public static readonly EbpfCheck NativeAttachAuthorized = new(
        4555,
        "native.attach.authorized",
        "A module must have been authorised not long before its driver starts.",
        "an authorize_native_module with its id, less than about 10 seconds ago",
        EbpfResult.VerificationFailed,
        "Authorise the module right before loading it.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Attach module: the file.</summary>
    public static readonly EbpfCheck NativeAttachHash = new(
        4556,
        "native.attach.hash",
        "A module's file must be the one that was authorised.",
        "SHA-256 of the file = module_hash of authorize_native_module",
        EbpfResult.VerificationFailed,
        "Authorise the file as it is now.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Attach module: its id.</summary>
    public static readonly EbpfCheck NativeAttachUnique = new(
        4557,
        "native.attach.unique",
        "Only one module with a given id can be attached at a time.",
        "given is 1 when a module with the id is attached",
        EbpfResult.ObjectAlreadyExists,
        "Give each service a module id of its own.")
    {
        RefusesAttachment = true,
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load module: the service's name.</summary>
    public static readonly EbpfCheck NativeLoadName = new(
        4560,
        "native.load.name_length",
        "A service's name must be UTF-16: an even number of bytes.",
        $"(header.length - {LoadNativeModuleRequest.TailOffset}) % 2 = 0",
        EbpfResult.InvalidArgument,
        "Send whole characters.")
    {
        Relation = CheckRelation.WholeRecords,
    };

    /// <summary>Load module, load programs: the module.</summary>
    public static readonly EbpfCheck NativeModulePresent = new(
        4561,
        "native.module.present",
        "The module must be attached.",
        "given is 1 when a module with the id is attached",
        EbpfResult.ObjectNotFound,
        "Check that there is such a service, that it has this module id, and that its driver starts.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Load module, load programs: the module is not going away.</summary>
    public static readonly EbpfCheck NativeModuleGoing = new(
        4562,
        "native.module.going",
        "A module that is detaching or unloading cannot be used.",
        "given is 1 when it is detaching or unloading",
        EbpfResult.ExtensionFailedToLoad,
        "Load the module again, as a new instance.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load module: its image.</summary>
    public static readonly EbpfCheck NativeLoadImage = new(
        4582,
        "native.load.image",
        "A module's file is loaded once at a time.",
        "given is the status of starting the driver (0xC000010E: the file is already loaded); expected is STATUS_SUCCESS",
        EbpfResult.ObjectNotFound,
        "Close all handles, links and pins of the programs first loaded from the file, and its module; or load a copy of the file.")
    {
        Numbers = CheckNumbers.Status,
    };

    /// <summary>Load module: its state.</summary>
    public static readonly EbpfCheck NativeLoadOnce = new(
        4563,
        "native.load.once",
        "A module can be loaded only once.",
        "given is its state (0 attached, 1 loading, 2 loaded, 3 loading programs, 4 programs loaded, 5 unloading); expected is 0",
        EbpfResult.ObjectAlreadyExists,
        "Load another instance, through a service of its own.");

    /// <summary>Load programs: the module's state.</summary>
    public static readonly EbpfCheck NativeProgramsState = new(
        4564,
        "native.programs.state",
        "A module's programs can be loaded only once, after the module.",
        "given is its state, as for native.load.once; expected is 2",
        EbpfResult.ObjectAlreadyExists,
        "Load the module first; load another instance for more programs.");

    /// <summary>Load programs: room for the handles.</summary>
    public static readonly EbpfCheck NativeProgramsRoom = new(
        4565,
        "native.programs.room",
        "The reply must hold a handle for each map and program.",
        $"output length >= {LoadNativeProgramsReply.TailOffset} + 8 * (maps + programs)",
        EbpfResult.InvalidArgument,
        "Ask for as many handles as load_native_module has reported.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Load programs: how a map is pinned.</summary>
    public static readonly EbpfCheck NativeMapPinning = new(
        4566,
        "native.map.pinning",
        "A module's map must be pinned by its name or not at all.",
        "pinning = 0 (LIBBPF_PIN_NONE) or 1 (LIBBPF_PIN_BY_NAME)",
        EbpfResult.InvalidArgument,
        "Pin it from user mode instead.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Load programs: where a map is pinned.</summary>
    public static readonly EbpfCheck NativeMapPinPath = new(
        4567,
        "native.map.pin_path",
        "The name of a map that is pinned by name must form a valid path.",
        "a canonical path of at most 255 bytes",
        EbpfResult.InvalidArgument,
        "Use a map name without colons and without steps above the root.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load programs: templates.</summary>
    public static readonly EbpfCheck NativeMapTemplate = new(
        4568,
        "native.map.template",
        "A map of maps must name a map of the module as the template of its inner maps.",
        "given is how many maps could be created; expected is how many the module has",
        EbpfResult.InvalidObject,
        "Name the inner map, and let no map be its own template.");

    /// <summary>Load programs: the type of a map that is pinned already.</summary>
    public static readonly EbpfCheck NativeReuseType = new(
        4570,
        "native.reuse.type",
        "A pinned map is taken over only if it has the type that the module declares.",
        "type of the pinned map = declared type",
        EbpfResult.InvalidArgument,
        "Unpin the old map, or give the new one another name.")
    {
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Load programs: the keys of a map that is pinned already.</summary>
    public static readonly EbpfCheck NativeReuseKeySize = new(
        4571,
        "native.reuse.key_size",
        "A pinned map is taken over only if its keys are as the module declares.",
        "key size of the pinned map = declared key size",
        EbpfResult.InvalidArgument,
        "Unpin the old map, or give the new one another name.");

    /// <summary>Load programs: the values of a map that is pinned already.</summary>
    public static readonly EbpfCheck NativeReuseValueSize = new(
        4572,
        "native.reuse.value_size",
        "A pinned map is taken over only if its values are as the module declares.",
        "value size of the pinned map = declared value size",
        EbpfResult.InvalidArgument,
        "Unpin the old map, or give the new one another name.");

    /// <summary>Load programs: the size of a map that is pinned already.</summary>
    public static readonly EbpfCheck NativeReuseMaxEntries = new(
        4573,
        "native.reuse.max_entries",
        "A pinned map is taken over only if it has room for as much as the module declares.",
        "max_entries of the pinned map = declared max_entries",
        EbpfResult.InvalidArgument,
        "Unpin the old map, or give the new one another name.");

    /// <summary>Load programs: the template of a map of maps that is pinned already.</summary>
    public static readonly EbpfCheck NativeReuseTemplate = new(
        4574,
        "native.reuse.template",
        "A pinned map of maps is taken over only if its template is still there to compare.",
        "given is 1 when a map with the id of the template exists",
        EbpfResult.InvalidArgument,
        "Keep the inner map that the outer one was created with, or unpin the outer one.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Load programs: a program's name.</summary>
    public static readonly EbpfCheck NativeProgramName = new(
        4575,
        "native.program.name",
        "A module's program must have a name of 1 to 63 bytes.",
        "1 <= length <= 63",
        EbpfResult.InvalidArgument,
        "Give the program a name of at most 63 bytes.")
    {
        Relation = CheckRelation.Range,
        Accepts = "1 to {0}",
    };

    /// <summary>Load programs: a program's section.</summary>
    public static readonly EbpfCheck NativeProgramSection = new(
        4576,
        "native.program.section",
        "A module's program must have a section name of 1 to 63 bytes.",
        "1 <= length <= 63",
        EbpfResult.InvalidArgument,
        "Give the section a name of at most 63 bytes.")
    {
        Relation = CheckRelation.Range,
        Accepts = "1 to {0}",
    };

    /// <summary>Load programs: the maps of a program.</summary>
    public static readonly EbpfCheck NativeProgramMap = new(
        4577,
        "native.program.map",
        "A program can use only maps of its own module.",
        "index < maps",
        EbpfResult.InvalidArgument,
        "Compile the module again.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Load programs: the map that initial values are for.</summary>
    public static readonly EbpfCheck NativeValuesMap = new(
        4578,
        "native.values.map",
        "Initial values must be for a map of the module.",
        "given is 1 when the module has a map with the name",
        EbpfResult.InvalidArgument,
        "Name a map that the module declares.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Load programs: the type of a map with initial values.</summary>
    public static readonly EbpfCheck NativeValuesType = new(
        4579,
        "native.values.type",
        "Only maps of maps and program arrays can have initial values.",
        "type = 3 (program array), 6 (hash of maps) or 7 (array of maps)",
        EbpfResult.InvalidArgument,
        "Fill other maps from user mode.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
        Accepts = "prog_array, hash_of_maps or array_of_maps",
    };

    /// <summary>Load programs: names among initial values.</summary>
    public static readonly EbpfCheck NativeValuesName = new(
        4580,
        "native.values.name",
        "An initial value must be a map or program of the module.",
        "given is the key whose name is unknown; expected is -1",
        EbpfResult.InvalidArgument,
        "Name a map of the module in a map of maps, a program of it in a program array.")
    {
        Numbers = CheckNumbers.Place,
    };

    /// <summary>Load programs: keys of initial values.</summary>
    public static readonly EbpfCheck NativeValuesKeySize = new(
        4581,
        "native.values.key_size",
        "A map with initial values must have keys that hold an index.",
        "key size <= 64",
        EbpfResult.InvalidArgument,
        "Use 4-byte keys.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Load programs: the initial contents of a map of global variables.</summary>
    public static readonly EbpfCheck NativeGlobalsSize = new(
        4583,
        "native.globals.size",
        "The initial contents of global variables must be as long as a value of their map.",
        "bytes = value size, or 0 if the map is no array of values",
        EbpfResult.InvalidArgument,
        "Compile the module again.");
}
