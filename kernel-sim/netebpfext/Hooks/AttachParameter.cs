using System.Buffers.Binary;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>What a link's attach data mean to a hook: which events its program wants.</summary>
/// <param name="Data">The data as they came; hooks compare them byte for byte, none being different from any.</param>
/// <param name="IsWildcard">Whether the hook's attach rules take it for "everything".</param>
/// <param name="Match">The number that an event must have, an interface index or a compartment; 0: any.</param>
internal sealed record AttachParameter(ReadOnlyMemory<byte> Data, bool IsWildcard, uint Match)
{
    /// <summary>Whether a program may be attached beside another under one parameter, or is refused for it.</summary>
    public bool SameDataAs(AttachParameter other) => Data.Span.SequenceEqual(other.Data.Span);

    /// <summary>Reads attach data by a hook's rule; null when the rule refuses them.</summary>
    public static AttachParameter? TryRead(ReadOnlyMemory<byte> data, AttachParameterRule rule)
    {
        if (rule == AttachParameterRule.Ignored)
        {
            return new AttachParameter(data, IsWildcard: false, Match: 0);
        }

        if (data.IsEmpty)
        {
            return new AttachParameter(data, IsWildcard: true, Match: 0);
        }

        if (data.Length != sizeof(uint))
        {
            return null;
        }

        uint number = BinaryPrimitives.ReadUInt32LittleEndian(data.Span);
        return new AttachParameter(data, IsWildcard: number == 0 && rule == AttachParameterRule.NumberOrZeroForAll, number);
    }
}
