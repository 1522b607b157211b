using System.Buffers.Binary;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>The meaning of a link's attach data to a hook: the events that its program is run for.</summary>
/// <param name="Data">The attach data, unchanged; hooks compare them byte for byte, and empty data differ from any other.</param>
/// <param name="IsWildcard">Whether the hook's attach rules treat it as a wildcard.</param>
/// <param name="Match">The number that an event must have, an interface index or a compartment; 0 for any.</param>
internal sealed record AttachParameter(ReadOnlyMemory<byte> Data, bool IsWildcard, uint Match)
{
    /// <summary>Whether two parameters are the same for the attach rules.</summary>
    public bool SameDataAs(AttachParameter other) => Data.Span.SequenceEqual(other.Data.Span);

    /// <summary>Parses attach data by a hook's rule; null if the rule refuses them.</summary>
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
