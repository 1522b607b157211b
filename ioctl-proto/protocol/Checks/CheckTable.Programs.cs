using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 45xx: programs. 450x are about their types, 451x their code, 452x queries, 453x requests of compilers, 454x test runs,
// 455x to 458x native modules (CheckTable.Native.cs).
public static partial class CheckTable
{
    /// <summary>Create program: the type.</summary>
    public static readonly EbpfCheck ProgramCreateType = new(
        4500,
        "program.create.type",
        "A program must have a type.",
        "program type != GUID_NULL",
        EbpfResult.InvalidArgument,
        "Give the type by its GUID, such as EBPF_PROGRAM_TYPE_XDP.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Create program: the name.</summary>
    public static readonly EbpfCheck ProgramCreateName = new(
        4501,
        "program.create.name",
        $"A program's name must have at most {EbpfLimits.ProgramNameLength - 1} bytes.",
        $"header.length - program_name_offset < {EbpfLimits.ProgramNameLength}",
        EbpfResult.InvalidArgument,
        "Shorten the name.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Create program: the type's provider.</summary>
    public static readonly EbpfCheck ProgramCreateProvider = new(
        4502,
        "program.create.provider",
        "An extension must provide the program type.",
        "a provider of the program information interface whose module id is the type",
        EbpfResult.ExtensionFailedToLoad,
        "Load the extension that provides the type, or check the GUID.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>The type's provider, after creation.</summary>
    public static readonly EbpfCheck ProgramProvider = new(
        4503,
        "program.provider",
        "The extension that provides the program's type must still be loaded.",
        "the provider that the program was created with, or one that gives the same program information",
        EbpfResult.ExtensionFailedToLoad,
        "Load the extension again.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>The hash of the program information.</summary>
    public static readonly EbpfCheck ProgramInfoHash = new(
        4504,
        "program.info_hash",
        "The type's information must be that which the program was verified against.",
        "SHA-256 of the type, and of the prototypes of the helpers that the program calls",
        EbpfResult.InvalidArgument,
        "Compile and verify the program again, against the extension that is loaded.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load code: the kind.</summary>
    public static readonly EbpfCheck ProgramLoadType = new(
        4510,
        "program.load.code_type",
        "Only machine code and instructions can be loaded this way.",
        "code_type = 1 (EBPF_CODE_JIT) or 2 (EBPF_CODE_EBPF)",
        EbpfResult.InvalidArgument,
        "Load native programs through their driver: load_native_module and load_native_programs.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "1 (EBPF_CODE_JIT) or 2 (EBPF_CODE_EBPF)",
    };

    /// <summary>Load code: machine code.</summary>
    public static readonly EbpfCheck ProgramLoadIntegrity = new(
        4511,
        "program.load.integrity",
        "With hypervisor code integrity on, no code can be generated at run time.",
        "given 1: code integrity is on",
        EbpfResult.BlockedByPolicy,
        "Compile the program to a native module.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load code: once.</summary>
    public static readonly EbpfCheck ProgramLoadOnce = new(
        4512,
        "program.load.once",
        "A program's code can be loaded only once.",
        "given is the kind of code that it has, or was refused",
        EbpfResult.InvalidArgument,
        "Create another program.");

    /// <summary>Load code: instructions.</summary>
    public static readonly EbpfCheck ProgramLoadInterpreter = new(
        4513,
        "program.load.interpreter",
        "The driver must have an engine that runs instructions.",
        "given 0: there is none",
        EbpfResult.BlockedByPolicy,
        "Compile the program to a native module, or load the driver with an interpreter.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Load code: at least one instruction.</summary>
    public static readonly EbpfCheck ProgramLoadEmpty = new(
        4514,
        "program.load.empty",
        "There must be at least one instruction.",
        $"(header.length - {LoadCodeRequest.TailOffset}) / 8 >= 1",
        EbpfResult.InvalidArgument,
        "Send the instructions after the fixed part of the request.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Load code: valid instructions.</summary>
    public static readonly EbpfCheck ProgramLoadInstructions = new(
        4515,
        "program.load.instructions",
        "The engine must accept the instructions.",
        "the engine's own rules",
        EbpfResult.InvalidArgument,
        "Verify the program before you load it.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Load code: at least one byte of machine code.</summary>
    public static readonly EbpfCheck ProgramLoadNoCode = new(
        4516,
        "program.load.no_code",
        "There must be at least one byte of machine code: no memory can be allocated for none.",
        $"header.length - {LoadCodeRequest.TailOffset} >= 1",
        EbpfResult.NoMemory,
        "Send the machine code after the fixed part of the request.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Object info of a program: the request.</summary>
    public static readonly EbpfCheck ProgramInfoRequest = new(
        4520,
        "program.info.request",
        "The caller's info must extend to the name, since it says where the maps' ids go.",
        $"header.length - {GetObjectInfoRequest.TailOffset} >= 24",
        EbpfResult.InvalidArgument,
        "Send a whole struct bpf_prog_info, 128 bytes; with zeros if no ids are wanted.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Object info of a program: the array.</summary>
    public static readonly EbpfCheck ProgramInfoMapIds = new(
        4521,
        "program.info.map_ids",
        "The array for the maps' ids must be writable memory of the caller, at an address that is a multiple of 4.",
        "given is the address; expected is the number of bytes",
        EbpfResult.InvalidPointer,
        "Pass an array of u32 in map_ids, and how many it holds in nr_map_ids.")
    {
        Relation = CheckRelation.InWords,
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Object info of a program: the array's length.</summary>
    public static readonly EbpfCheck ProgramInfoMapRoom = new(
        4522,
        "program.info.map_room",
        "The array must hold the ids of all maps.",
        "nr_map_ids >= maps of the program",
        EbpfResult.InvalidPointer,
        "Ask without an array first: nr_map_ids then returns the number of maps.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Query program info: room.</summary>
    public static readonly EbpfCheck ProgramQueryRoom = new(
        4523,
        "program.query.room",
        "File and section name must fit the reply.",
        $"output length >= {QueryProgramInfoReply.TailOffset} + length of both",
        EbpfResult.InvalidArgument,
        "Leave more room.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Get program info: room.</summary>
    public static readonly EbpfCheck ProgramDescribeRoom = new(
        4524,
        "program.describe.room",
        "The type and the prototypes of its helpers must fit the reply.",
        $"output length - {GetProgramInfoReply.TailOffset} >= length of the description",
        EbpfResult.InsufficientBuffer,
        "Ask again with the length that the reply's header gives.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve helper: the request.</summary>
    public static readonly EbpfCheck ResolveHelperRequest = new(
        4530,
        "program.resolve_helper.request",
        "The length in the header must cover the fixed part of the request.",
        $"header.length >= {Messages.ResolveHelperRequest.TailOffset}",
        EbpfResult.ArithmeticOverflow,
        $"Set header.length to {Messages.ResolveHelperRequest.TailOffset} plus 4 for each id.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve helper: room.</summary>
    public static readonly EbpfCheck ResolveHelperRoom = new(
        4531,
        "program.resolve_helper.room",
        "All addresses must fit the reply.",
        $"output length >= {Messages.ResolveHelperReply.TailOffset} + 16 * ids",
        EbpfResult.InvalidArgument,
        "Leave 16 bytes for each id.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve helper: once.</summary>
    public static readonly EbpfCheck ResolveHelperOnce = new(
        4532,
        "program.resolve_helper.once",
        "A program's helpers can be resolved only once.",
        "given 1: they have been",
        EbpfResult.InvalidArgument,
        "Resolve all helpers in one request.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Resolve helper: the id.</summary>
    public static readonly EbpfCheck ResolveHelperKnown = new(
        4533,
        "program.resolve_helper.known",
        "The helper must be one that programs of this type can call.",
        "given is the id; expected the last of the general ones, and from 65535 on the type's own",
        EbpfResult.InvalidArgument,
        "Call helpers only that the type's information lists.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "at most {0}, or from 65535 on one of the type's own",
    };

    /// <summary>Resolve helper: the implementation.</summary>
    public static readonly EbpfCheck ResolveHelperImplemented = new(
        4546,
        "program.resolve_helper.implemented",
        "A general helper must have an implementation for programs of this type: 26 and 35 have only that of an extension.",
        "given is the id; expected is the number of implementations",
        EbpfResult.InvalidArgument,
        "Load the extension that implements the helper for this program type, or do without the helper.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "a helper that an extension implements for this program type",
    };

    /// <summary>Resolve map: the request.</summary>
    public static readonly EbpfCheck ResolveMapRequest = new(
        4534,
        "program.resolve_map.request",
        "The length in the header must cover the fixed part of the request.",
        $"header.length >= {Messages.ResolveMapRequest.TailOffset}",
        EbpfResult.ArithmeticOverflow,
        $"Set header.length to {Messages.ResolveMapRequest.TailOffset} plus 8 for each handle.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve map: room.</summary>
    public static readonly EbpfCheck ResolveMapRoom = new(
        4535,
        "program.resolve_map.room",
        "All addresses must fit the reply.",
        "output length >= 8 + 8 * handles",
        EbpfResult.InvalidArgument,
        "Leave 8 bytes for each handle.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve map: at least one map.</summary>
    public static readonly EbpfCheck ResolveMapCount = new(
        4536,
        "program.resolve_map.count",
        "There must be at least one handle.",
        $"(header.length - {Messages.ResolveMapRequest.TailOffset}) / 8 >= 1",
        EbpfResult.InvalidArgument,
        "Do not send the request for a program without maps.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve map: once.</summary>
    public static readonly EbpfCheck ResolveMapOnce = new(
        4537,
        "program.resolve_map.once",
        "A program's maps can be resolved only once, before any is bound.",
        "given is the number of maps that it has",
        EbpfResult.InvalidArgument,
        "Resolve all maps in one request; add others with bind_map.");

    /// <summary>Resolve helper: as many as before.</summary>
    public static readonly EbpfCheck ResolveHelperCount = new(
        4539,
        "program.resolve_helper.count",
        "A request for fewer helpers than the program has leaves no room for their addresses.",
        "ids in the request >= helpers that an earlier request has fixed",
        EbpfResult.InsufficientBuffer,
        "Resolve all helpers in one request, once.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Resolve helper: trampolines.</summary>
    public static readonly EbpfCheck ResolveHelperTrampolines = new(
        4545,
        "program.resolve_helper.trampolines",
        "Machine code calls helpers through trampolines, and a type whose extension implements no helpers has none.",
        "1: the program has no machine code yet, or its type's extension implements helpers",
        EbpfResult.InvalidArgument,
        "Resolve helpers before you load machine code.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Test run: room.</summary>
    public static readonly EbpfCheck TestRunRoom = new(
        4540,
        "program.test_run.room",
        "The reply must have room for its fixed part and for a context as long as the caller's.",
        $"output length >= {ProgramTestRunReply.TailOffset} + length of the context in",
        EbpfResult.ArithmeticOverflow,
        "Leave room for the context that you sent, and for the data that you want back.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Test run: the type's provider.</summary>
    public static readonly EbpfCheck TestRunProvider = new(
        4541,
        "program.test_run.provider",
        "The extension that provides the program's type must still be loaded.",
        "given 0: it is detached",
        EbpfResult.InvalidArgument,
        "Load the extension again.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Test run: the type.</summary>
    public static readonly EbpfCheck TestRunSupported = new(
        4542,
        "program.test_run.supported",
        "The program's type must be able to create a context and to destroy it.",
        "context_create and context_destroy != NULL",
        EbpfResult.InvalidArgument,
        "Attach the program and let its hook run it: this type has no test runs.")
    {
        Numbers = CheckNumbers.YesNo,
    };

    /// <summary>Test run: the CPU.</summary>
    public static readonly EbpfCheck TestRunCpu = new(
        4543,
        "program.test_run.cpu",
        "The CPU must be one of the machine's.",
        "cpu < number of CPUs",
        EbpfResult.InvalidArgument,
        "Ask for an existing CPU.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Test run: the context.</summary>
    public static readonly EbpfCheck TestRunContext = new(
        4544,
        "program.test_run.context",
        "The extension must be able to create a context from what was sent.",
        "given is the extension's result; its rules decide",
        EbpfResult.InvalidArgument,
        "Send data and context as the extension expects them.")
    {
        Numbers = EbpfNumbers.Result,
    };

    /// <summary>Get kernel function.</summary>
    public static readonly EbpfCheck EcFunction = new(
        4538,
        "program.ec_function",
        "The function must be one that compiled code may request.",
        "function = 0 (EBPF_EC_FUNCTION_LOG)",
        EbpfResult.InvalidArgument,
        "Ask for function 0.");
}
