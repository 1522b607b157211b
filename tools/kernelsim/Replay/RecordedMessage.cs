using System.Buffers.Binary;
using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Replay;

/// <summary>One recorded IOCTL message, in the format described in <c>tests/corpus/README.md</c>.</summary>
/// <param name="File">Path of its file, as the user gave it.</param>
/// <param name="ReplyLength">Size in bytes of the caller's reply buffer; 0 for no buffer.</param>
/// <param name="Request">The request, as it is sent.</param>
internal sealed record RecordedMessage(string File, int ReplyLength, byte[] Request)
{
    /// <summary>Maximum number of runs in a recorded test run.</summary>
    public const ulong RepeatCap = 1024;

    /// <summary>Size in bytes of the prefix before the request.</summary>
    public const int PrefixBytes = sizeof(ushort);

    /// <summary>The operation; null if the request has no complete header.</summary>
    public EbpfOperationId? Operation => Request.Length < OperationHeader.ByteCount
        ? null
        : (EbpfOperationId)BinaryPrimitives.ReadUInt32LittleEndian(Request.AsSpan(4));

    /// <summary>The operation's name, or its number if it is unknown; null if the request has no header.</summary>
    public string? OperationName => Operation is not { } id
        ? null
        : OperationTable.Find(id)?.Name ?? ((uint)id).ToString(CultureInfo.InvariantCulture);

    /// <summary>Parses a file's bytes.</summary>
    /// <returns>Null if they are too few for a message.</returns>
    public static RecordedMessage? TryParse(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PrefixBytes)
        {
            return null;
        }

        byte[] request = bytes[PrefixBytes..].ToArray();
        if (request.Length >= sizeof(ushort))
        {
            // The recording harness sets the header's length like this, whatever the file says.
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
