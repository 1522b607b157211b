using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 15xx: the library's calls on programs and links.
public static partial class CheckTable
{
    /// <summary>The attach type.</summary>
    public static readonly EbpfCheck ApiAttachType = new(
        1501,
        "api.attach.type",
        "A program needs an attach type: the one given to the call, or the one that its section name implies.",
        "an attach type other than unspecified",
        EbpfResult.InvalidArgument,
        "Give the attach type, or use a section name that implies one.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Attach data.</summary>
    public static readonly EbpfCheck ApiAttachDataSize = new(
        1502,
        "api.attach.data_size",
        "The attach data must be as long as the caller says.",
        "bytes from the data to the end of its block >= its size",
        EbpfResult.InvalidArgument,
        "Pass the data's real size.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>An attach type that takes a compartment.</summary>
    public static readonly EbpfCheck ApiAttachCompartment = new(
        1503,
        "api.attach.compartment",
        "bpf_prog_attach and bpf_prog_detach accept only attach types of compartments (cgroups), and no flags.",
        "BPF_CGROUP_* and flags = 0",
        EbpfResult.OperationNotSupported,
        "Attach other types with bpf_program__attach, bpf_xdp_attach or ebpf_program_attach_by_fd.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The number of an attach type.</summary>
    public static readonly EbpfCheck ApiAttachTypeNumber = new(
        1504,
        "api.attach.type_number",
        "The number must be that of an attach type.",
        "a bpf_attach_type that has a GUID",
        EbpfResult.InvalidArgument,
        "Pass one of the BPF_* attach types of eBPF for Windows; the numbers differ from Linux.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Options of a test run.</summary>
    public static readonly EbpfCheck ApiTestRunOpts = new(
        1511,
        "api.test_run.opts_size",
        "A test run needs options: its results are returned in them.",
        "bytes from opts to the end of its block >= 80",
        EbpfResult.InvalidArgument,
        "Pass the address of a struct bpf_test_run_opts.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The data and context that are sent.</summary>
    public static readonly EbpfCheck ApiTestRunSent = new(
        1512,
        "api.test_run.sent",
        "Data and context must fit one message.",
        $"data_size_in + ctx_size_in <= {EbpfDevice.MaxMessageBytes} - {ProgramTestRunRequest.TailOffset}",
        EbpfResult.InvalidArgument,
        "Send less.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The room for data and context that is requested.</summary>
    public static readonly EbpfCheck ApiTestRunWanted = new(
        1513,
        "api.test_run.wanted",
        "The room for data and context must fit one message.",
        $"data_size_out + ctx_size_out <= {EbpfDevice.MaxMessageBytes} - {ProgramTestRunReply.TailOffset}",
        EbpfResult.InvalidArgument,
        "Ask for less room.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Buffers of a test run.</summary>
    public static readonly EbpfCheck ApiTestRunBuffer = new(
        1514,
        "api.test_run.buffer_size",
        "Each buffer must be as long as the options say.",
        "bytes from the buffer to the end of its block >= its size in opts",
        EbpfResult.InvalidArgument,
        "Set data_size_in, data_size_out, ctx_size_in and ctx_size_out to the buffers' sizes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for the data.</summary>
    public static readonly EbpfCheck ApiTestRunDataRoom = new(
        1515,
        "api.test_run.data_room",
        "There must be room for the data that the program leaves.",
        "data_size_out >= bytes of data in the reply",
        EbpfResult.InsufficientBuffer,
        "Give data_out more room, or pass NULL if the data is not wanted.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for the context.</summary>
    public static readonly EbpfCheck ApiTestRunContextRoom = new(
        1516,
        "api.test_run.context_room",
        "There must be room for the context that the program leaves.",
        "ctx_size_out >= bytes of context in the reply",
        EbpfResult.InsufficientBuffer,
        "Give ctx_out more room, or pass NULL if the context is not wanted.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Code for the interpreter or the JIT compiler.</summary>
    public static readonly EbpfCheck ApiProgramLoadNative = new(
        1521,
        "api.prog_load.native_only",
        "Bytecode is verified, compiled and loaded by parts that this build does not have: it runs native modules only.",
        "JIT compiler or interpreter enabled",
        EbpfResult.OperationNotSupported,
        "Compile the program to a native module and load that.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Arguments of a load.</summary>
    public static readonly EbpfCheck ApiProgramLoadArguments = new(
        1522,
        "api.prog_load.arguments",
        "A program must have a known type and instructions.",
        "a bpf_prog_type that has a GUID, and insns != NULL",
        EbpfResult.InvalidArgument,
        "Pass a program type of eBPF for Windows and the address of instructions.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Number of instructions.</summary>
    public static readonly EbpfCheck ApiProgramLoadCount = new(
        1523,
        "api.prog_load.count",
        "A program must have instructions, and their size in bytes must fit 32 bits.",
        "1 <= insn_cnt <= 536,870,911",
        EbpfResult.InvalidArgument,
        "Pass the number of 8-byte instructions.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A name with a terminator.</summary>
    public static readonly EbpfCheck ApiProgramLoadName = new(
        1524,
        "api.prog_load.name",
        "The name must be zero-terminated.",
        "a zero byte within the name's heap block",
        EbpfResult.InvalidArgument,
        "Terminate the name, or pass NULL.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A log buffer with its size.</summary>
    public static readonly EbpfCheck ApiProgramLoadLog = new(
        1525,
        "api.prog_load.log",
        "A log buffer and its size go together.",
        "log_size > 0 if and only if log_buf != NULL",
        EbpfResult.InvalidArgument,
        "Pass both or neither.");

    /// <summary>Room in the buffers of a load.</summary>
    public static readonly EbpfCheck ApiProgramLoadBuffer = new(
        1526,
        "api.prog_load.buffer",
        "The options, the instructions and the log buffer must be accessible in full.",
        "the size that is given for each",
        EbpfResult.InvalidArgument,
        "Pass buffers of the size that you state.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The descriptor of a map in the instructions.</summary>
    public static readonly EbpfCheck ApiProgramLoadMap = new(
        1527,
        "api.prog_load.map",
        "An lddw with source 1 must name a map by a descriptor that has an operating-system handle behind it.",
        "an open descriptor (they are numbered from 3)",
        EbpfResult.InvalidObject,
        "Create the map first, and put the descriptor that the call returned into the instruction's immediate.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Options of an XDP attachment.</summary>
    public static readonly EbpfCheck ApiXdpAttachOpts = new(
        1531,
        "api.xdp_attach.opts_size",
        "The options must be readable as far as the call reads them.",
        "bytes from opts to the end of its block >= 12",
        EbpfResult.InvalidArgument,
        "Pass the address of a struct bpf_xdp_attach_opts, or NULL.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The program that an XDP attachment replaces.</summary>
    public static readonly EbpfCheck ApiXdpOldProgram = new(
        1532,
        "api.xdp_attach.old_program",
        "Only an XDP program can be attached to an interface, so only one can be replaced.",
        "type of old_prog_fd = BPF_PROG_TYPE_XDP (1)",
        EbpfResult.InvalidArgument,
        "Pass a descriptor of the XDP program to replace, or -1 for whichever is attached.");

    /// <summary>A path to unpin.</summary>
    public static readonly EbpfCheck ApiUnpinPath = new(
        1541,
        "api.unpin.path",
        "The path must have a canonical form. As upstream, the library decodes the INVALID_ARGUMENT of this check as a Win32 error and "
        + "returns INVALID_FD.",
        @"no ':' but in the prefix BPF:, no step above the root, BPF: + path < 260 bytes",
        EbpfResult.InvalidFd,
        @"Pass a path such as /ebpf/global/name.")
    {
        Relation = CheckRelation.InWords,
    };
}
