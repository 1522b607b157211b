using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Queries a program's code type and origin: <c>ebpf_program_query_info</c>.</summary>
    /// <param name="fd">Descriptor of the program.</param>
    /// <param name="execution_type">The type of its code.</param>
    /// <param name="file_name">Name of the file that it was compiled from.</param>
    /// <param name="section_name">Name of its section in the file.</param>
    /// <returns>Success; INVALID_FD; INVALID_OBJECT if it is not a program.</returns>
    public EbpfResult ebpf_program_query_info(int fd, out EbpfCodeType execution_type, out string file_name, out string section_name)
    {
        QueryProgramCall call = new(fd);
        EbpfResult result = Result(ref call);
        (execution_type, file_name, section_name) = (call.CodeType, call.FileName, call.SectionName);
        return result;
    }
}

/// <summary><c>ebpf_program_query_info</c>.</summary>
internal struct QueryProgramCall(int program) : ILibraryCall
{
    // Upstream's room for the reply.
    private const int Room = 1024;

    /// <inheritdoc/>
    public readonly int Descriptor => program;

    /// <summary>The type of its code, on success.</summary>
    public EbpfCodeType CodeType { get; private set; }

    /// <summary>Name of the file that it was compiled from; empty on failure.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Name of its section in the file; empty on failure.</summary>
    public string SectionName { get; private set; } = "";

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(program, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        call.Channel.Begin<QueryProgramInfoRequest>(EbpfOperationId.QueryProgramInfo, 0, out _).Handle = entry.Handle;
        EbpfResult result = call.Channel.Send(Room, isFixed: false);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ref readonly QueryProgramInfoReply reply = ref call.Channel.Reply<QueryProgramInfoReply>(out ReadOnlySpan<byte> tail);
        int file = reply.FileNameOffset - QueryProgramInfoReply.TailOffset;
        int section = reply.SectionNameOffset - QueryProgramInfoReply.TailOffset;
        int end = reply.Header.Length - QueryProgramInfoReply.TailOffset;
        if (file < 0 || section < file || end < section || end > tail.Length)
        {
            return EbpfResult.InvalidArgument;
        }

        CodeType = reply.CodeType;
        FileName = Encoding.UTF8.GetString(tail[file..section]);
        SectionName = Encoding.UTF8.GetString(tail[section..end]);
        return EbpfResult.Success;
    }
}
