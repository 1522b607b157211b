using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 3xxx: the protocol. 30xx are the common dispatch, in the order in which it checks; 31xx the validator's common rules; 32xx its rules
// for fields of one operation.
public static partial class CheckTable
{
    /// <summary>Core step 1: the operation's number.</summary>
    public static readonly EbpfCheck CoreOperationId = new(
        3001,
        "core.operation.id",
        "The operation must be one that the protocol has.",
        $"operation id <= {EbpfLimits.LastOperationId}",
        EbpfResult.OperationNotSupported,
        "Use one of the ids of ebpf_operation_id_t.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Core step 2: a handler.</summary>
    public static readonly EbpfCheck CoreOperationHandler = new(
        3002,
        "core.operation.handler",
        "The protocol's handler table must have an entry for the operation.",
        "the operation's row has a handler",
        EbpfResult.BlockedByPolicy,
        "The build leaves the operation out (a native-only build has no JIT and no interpreter); use native programs.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Core step 3: input is present.</summary>
    public static readonly EbpfCheck CoreRequestPresent = new(
        3003,
        "core.request.present",
        "There must be a request, and it must not be empty.",
        "input buffer != NULL and input length > 0",
        EbpfResult.InvalidArgument,
        "Pass the request as the input buffer.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Core step 4: the input buffer's length.</summary>
    public static readonly EbpfCheck CoreRequestLength = new(
        3004,
        "core.request.length",
        "The input buffer must have the length of the operation's request.",
        "request without a tail: input length = size of the request; with a tail: input length >= its fixed part",
        EbpfResult.InvalidArgument,
        "Pass exactly the request structure, up to its tail, then the tail. It is the buffer that counts here, not header.length.")
    {
        Relation = CheckRelation.Size,
    };

    /// <summary>Core step 5: the output buffer's length.</summary>
    public static readonly EbpfCheck CoreReplyLength = new(
        3005,
        "core.reply.length",
        "The output buffer must have the length of the operation's reply.",
        "reply without a tail: output length = size of the reply; with a tail: output length >= its fixed part",
        EbpfResult.InvalidArgument,
        "Pass an output buffer of exactly the reply's size, or of its fixed part and room for the tail.")
    {
        Relation = CheckRelation.Size,
    };

    /// <summary>Core step 5, for operations that have no reply.</summary>
    public static readonly EbpfCheck CoreReplyUnexpected = new(
        3006,
        "core.reply.unexpected",
        "An operation without a reply must not be handed an output buffer.",
        "output buffer = NULL and output length = 0",
        EbpfResult.InvalidArgument,
        "Call the handler without an output buffer. The driver does so by itself, whatever its caller passes.");

    /// <summary>Core step 6: the length in the header.</summary>
    public static readonly EbpfCheck CoreHeaderLength = new(
        3007,
        "core.header.length",
        "The length in the header must cover the header and must not exceed the input buffer.",
        "8 <= header.length <= input length",
        EbpfResult.InvalidArgument,
        "Set header.length to the number of bytes of the request, header included.")
    {
        Relation = CheckRelation.Range,
    };

    /// <summary>Core step 9: an asynchronous operation's context.</summary>
    public static readonly EbpfCheck CoreAsyncContext = new(
        3008,
        "core.async.context",
        "An operation that may stay pending needs a request context and a completion routine.",
        "async context != NULL and completion routine != NULL",
        EbpfResult.InvalidArgument,
        "Send the operation through the device; a direct call must pass both.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Validator: bytes for a header.</summary>
    public static readonly EbpfCheck ValidatorBufferLength = new(
        3101,
        "validator.buffer.length",
        "A message must have at least a header.",
        "buffer length >= 8",
        EbpfResult.InvalidArgument,
        "Start the message with an ebpf_operation_header_t: u16 length, 2 bytes of padding, u32 operation id.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Validator: the length in the header.</summary>
    public static readonly EbpfCheck ValidatorHeaderLength = new(
        3102,
        "validator.header.length",
        "The length in the header must cover the header and must not exceed the buffer.",
        "8 <= header.length <= buffer length",
        EbpfResult.InvalidArgument,
        "Set header.length to the number of bytes of the message, header included.")
    {
        Relation = CheckRelation.Range,
    };

    /// <summary>Validator: the operation's number.</summary>
    public static readonly EbpfCheck ValidatorHeaderId = new(
        3103,
        "validator.header.id",
        "The header must name an operation that the protocol has.",
        $"header.id <= {EbpfLimits.LastOperationId}",
        EbpfResult.InvalidArgument,
        "Use one of the ids of ebpf_operation_id_t.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Validator: the least length of an operation's message.</summary>
    public static readonly EbpfCheck ValidatorMinLength = new(
        3104,
        "validator.min_length",
        "The length in the header must cover the fixed part of the operation's request.",
        "header.length >= offset of the request's tail",
        EbpfResult.InvalidArgument,
        "Count the tail from its own offset, not from sizeof: the C structure is padded, the message is not.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Operation 2: offset of the section name.</summary>
    public static readonly EbpfCheck ValidatorCreateProgramSectionName = new(
        3201,
        "validator.create_program.section_name_offset",
        "The section name must start inside the message's tail.",
        $"{CreateProgramRequest.TailOffset} <= section_name_offset <= header.length",
        EbpfResult.InvalidArgument,
        $"Lay out file name, section name and program name back to back from byte {CreateProgramRequest.TailOffset}, and give offsets from "
        + "the message's start.")
    {
        Relation = CheckRelation.Range,
    };

    /// <summary>Operation 2: offset of the program name.</summary>
    public static readonly EbpfCheck ValidatorCreateProgramProgramName = new(
        3202,
        "validator.create_program.program_name_offset",
        "The program name must start after the section name and inside the message.",
        "section_name_offset <= program_name_offset <= header.length",
        EbpfResult.InvalidArgument,
        "Lay out file name, section name and program name back to back from byte 28, and give offsets from the message's start.")
    {
        Relation = CheckRelation.Range,
    };

    /// <summary>Operation 4: the kind of code.</summary>
    public static readonly EbpfCheck ValidatorLoadCodeCodeType = new(
        3203,
        "validator.load_code.code_type",
        "The code type must be one of ebpf_code_type_t.",
        "code_type <= 3",
        EbpfResult.InvalidArgument,
        "Use EBPF_CODE_JIT (1) or EBPF_CODE_EBPF (2); the handler refuses the two others later.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Operation 6: the option.</summary>
    public static readonly EbpfCheck ValidatorMapUpdateElementOption = new(
        3204,
        "validator.map_update_element.option",
        "The option of an update must be one of ebpf_map_option_t.",
        "option <= 2",
        EbpfResult.InvalidArgument,
        "Use EBPF_ANY (0), EBPF_NOEXIST (1) or EBPF_EXIST (2); options cannot be combined.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Operation 7: the option.</summary>
    public static readonly EbpfCheck ValidatorMapUpdateElementWithHandleOption = new(
        3205,
        "validator.map_update_element_with_handle.option",
        "The option of an update must be one of ebpf_map_option_t.",
        "option <= 2",
        EbpfResult.InvalidArgument,
        "Use EBPF_ANY (0), EBPF_NOEXIST (1) or EBPF_EXIST (2); options cannot be combined.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Operation 34: the option.</summary>
    public static readonly EbpfCheck ValidatorMapUpdateElementBatchOption = new(
        3206,
        "validator.map_update_element_batch.option",
        "The option of a batch update must be one of ebpf_map_option_t.",
        "option <= 2",
        EbpfResult.InvalidArgument,
        "Use EBPF_ANY (0), EBPF_NOEXIST (1) or EBPF_EXIST (2); libbpf callers put it into opts.elem_flags, not into opts.flags.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Operation 33: offset of the context.</summary>
    public static readonly EbpfCheck ValidatorProgramTestRunContextOffset = new(
        3207,
        "validator.program_test_run.context_offset",
        "The context must start inside the message's tail.",
        $"context_offset <= header.length - {ProgramTestRunRequest.TailOffset}",
        EbpfResult.InvalidArgument,
        "Put the data first and the context right after it; context_offset is the number of data bytes.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Operation 38: the type of object.</summary>
    public static readonly EbpfCheck ValidatorGetNextPinnedObjectPathType = new(
        3208,
        "validator.get_next_pinned_object_path.type",
        "The type of object must be one of ebpf_object_type_t.",
        "type <= 3",
        EbpfResult.InvalidArgument,
        "Use 1 map, 2 link, 3 program, or 0 for any.")
    {
        Relation = CheckRelation.AtMost,
    };
}
