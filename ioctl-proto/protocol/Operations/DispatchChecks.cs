using System.Runtime.InteropServices;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// The length checks that upstream's <c>ebpf_core_invoke_protocol_handler</c> makes before the validator, one function each. A
/// driver calls them in this order, then <see cref="MessageValidator.Validate"/>. None allocates.
/// </summary>
/// <remarks>
/// The length of a fixed request is compared with the buffer, not with header.length, which may be smaller.
/// </remarks>
public static class DispatchChecks
{
    /// <summary>The input buffer has at least one byte.</summary>
    public static bool RequestIsPresent(int inputLength, out CheckRefusal refusal) =>
        inputLength > 0 ? Pass(out refusal) : Refuse(CheckTable.CoreRequestPresent, inputLength, 1, out refusal);

    /// <summary>The input buffer has the length that the operation's request needs.</summary>
    public static bool RequestLength(OperationRow row, int inputLength, out CheckRefusal refusal)
    {
        int needed = row.Request.Minimum;
        bool passed = row.AcceptsLongerInput ? inputLength >= needed : inputLength == needed;
        return passed ? Pass(out refusal) : Refuse(CheckTable.CoreRequestLength, inputLength, needed, out refusal);
    }

    /// <summary>The output buffer has the length that the operation's reply needs; 0 means no buffer.</summary>
    public static bool ReplyLength(OperationRow row, int outputLength, out CheckRefusal refusal)
    {
        int needed = row.Reply.Minimum;
        return row.Reply.Kind switch
        {
            MessageKind.None => outputLength == 0
                ? Pass(out refusal)
                : Refuse(CheckTable.CoreReplyUnexpected, outputLength, 0, out refusal),
            MessageKind.Fixed => outputLength == needed
                ? Pass(out refusal)
                : Refuse(CheckTable.CoreReplyLength, outputLength, needed, out refusal),
            _ => outputLength >= needed
                ? Pass(out refusal)
                : Refuse(CheckTable.CoreReplyLength, outputLength, needed, out refusal),
        };
    }

    /// <summary>The length in the request's header covers the header and does not exceed the input buffer.</summary>
    public static bool HeaderLength(ReadOnlySpan<byte> input, out CheckRefusal refusal)
    {
        if (input.Length < OperationHeader.ByteCount)
        {
            return Refuse(CheckTable.CoreHeaderLength, input.Length, OperationHeader.ByteCount, out refusal);
        }

        int length = MemoryMarshal.Read<OperationHeader>(input).Length;
        if (length < OperationHeader.ByteCount)
        {
            return Refuse(CheckTable.CoreHeaderLength, length, OperationHeader.ByteCount, out refusal);
        }

        return length <= input.Length ? Pass(out refusal) : Refuse(CheckTable.CoreHeaderLength, length, input.Length, out refusal);
    }

    private static bool Pass(out CheckRefusal refusal)
    {
        refusal = default;
        return true;
    }

    private static bool Refuse(Check check, long given, long expected, out CheckRefusal refusal)
    {
        refusal = new CheckRefusal(check.Number, given, expected);
        return false;
    }
}
