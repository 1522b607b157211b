using System.Buffers.Binary;
using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Replay;

/// <summary>One recorded IOCTL message: what <c>tests/corpus/README.md</c> describes.</summary>
/// <param name="File">The file that it comes from, as the user named it.</param>
/// <param name="ReplyLength">Bytes of the reply buffer that the caller offers; 0 stands for no buffer.</param>
/// <param name="Request">The request, as it is sent.</param>
internal sealed record RecordedMessage(string File, int ReplyLength, byte[] Request)
{
    /// <summary>Most runs that a recorded test run may ask for.</summary>
    public const ulong RepeatCap = 1024;

    /// <summary>Bytes before the request.</summary>
    public const int PrefixBytes = sizeof(ushort);

    /// <summary>The operation; null when the request has no whole header.</summary>
    public EbpfOperationId? Operation => Request.Length < OperationHeader.ByteCount
        ? null
        : (EbpfOperationId)BinaryPrimitives.ReadUInt32LittleEndian(Request.AsSpan(4));

    /// <summary>The operation's name, its number where the protocol has no such operation; null when the request has no header.</summary>
    public string? OperationName => Operation is not { } id
        ? null
        : OperationTable.Find(id)?.Name ?? ((uint)id).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a file's bytes.</summary>
    /// <returns>Null when they are too few to hold a message.</returns>
    public static RecordedMessage? TryParse(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PrefixBytes)
        {
            return null;
        }

        byte[] request = bytes[PrefixBytes..].ToArray();
        if (request.Length >= sizeof(ushort))
        {
            // The harness that made the recordings sets the header's length so, whatever the file says.
            BinaryPrimitives.WriteUInt16LittleEndian(request, (ushort)request.Length);
        }

        RecordedMessage message = new(file, BinaryPrimitives.ReadUInt16LittleEndian(bytes), request);
        if (message.Operation == EbpfOperationId.ProgramTestRun && request.Length >= ProgramTestRunRequest.TailOffset)
        {
            Span<byte> repeat = request.AsSpan(16, sizeof(ulong));
            BinaryPrimitives.WriteUInt64LittleEndian(repeat, Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(repeat), RepeatCap));
        }

        return message;
    }
}
