using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Validates the structure of a request, field by field: <c>EBPF_IOCTL_MESSAGE</c> of upstream's <c>EbpfProtocol.3d</c>. Upstream runs
/// it after the length checks of <see cref="DispatchChecks"/>; it can also be run alone, on any bytes.
/// </summary>
public static class MessageValidator
{
    /// <summary>Applies all rules in order and stops at the first that refuses. Allocates nothing.</summary>
    /// <param name="message">The whole input buffer. Bytes beyond the length in the header are ignored.</param>
    /// <param name="refusal">The rule that refused, the value found, and the nearest value that would have passed.</param>
    /// <returns>True when the message is accepted.</returns>
    public static bool Validate(ReadOnlySpan<byte> message, out CheckRefusal refusal)
    {
        if (message.Length < OperationHeader.ByteCount)
        {
            return Refuse(CheckTable.ValidatorBufferLength, message.Length, OperationHeader.ByteCount, out refusal);
        }

        OperationHeader header = MemoryMarshal.Read<OperationHeader>(message);
        if (header.Length < OperationHeader.ByteCount)
        {
            return Refuse(CheckTable.ValidatorHeaderLength, header.Length, OperationHeader.ByteCount, out refusal);
        }

        if (header.Length > message.Length)
        {
            return Refuse(CheckTable.ValidatorHeaderLength, header.Length, message.Length, out refusal);
        }

        OperationRow? row = OperationTable.Find(header.Id);
        if (row is null)
        {
            return Refuse(CheckTable.ValidatorHeaderId, (uint)header.Id, OperationTable.Count - 1, out refusal);
        }

        if (header.Length < row.MinimumHeaderLength)
        {
            return Refuse(CheckTable.ValidatorMinLength, header.Length, row.MinimumHeaderLength, out refusal);
        }

        foreach (FieldRule rule in row.FieldRules)
        {
            if (!Holds(rule, message, header.Length, out refusal))
            {
                return false;
            }
        }

        refusal = default;
        return true;
    }

    private static bool Holds(FieldRule rule, ReadOnlySpan<byte> message, ushort headerLength, out CheckRefusal refusal)
    {
        ReadOnlySpan<byte> field = message.Slice(rule.Offset, rule.Width);
        uint value = rule.Width == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(field)
            : BinaryPrimitives.ReadUInt32LittleEndian(field);

        long minimum = rule.Minimum.In(message, headerLength);
        if (value < minimum)
        {
            return Refuse(rule.Check, value, minimum, out refusal);
        }

        long maximum = rule.Maximum.In(message, headerLength);
        if (value > maximum)
        {
            return Refuse(rule.Check, value, maximum, out refusal);
        }

        refusal = default;
        return true;
    }

    private static bool Refuse(Check check, long given, long expected, out CheckRefusal refusal)
    {
        refusal = new CheckRefusal(check.Number, given, expected);
        return false;
    }
}
