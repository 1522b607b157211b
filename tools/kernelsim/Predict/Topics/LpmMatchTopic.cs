using System.Net;
using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>The longest prefix that matches an address.</summary>
internal sealed class LpmMatchTopic : ITopic
{
    private const int AddressBits = 32;
    private const string None = "none";

    /// <inheritdoc/>
    public string Name => "lpm-match";

    /// <inheritdoc/>
    public string Predicts => "which prefix of an LPM trie matches";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        byte[] address = [10, .. draw.Bytes(3)];
        IPNetwork[] prefixes =
        [
            .. draw.Numbers(draw.Number(3, 6), 6, 31)
                .Select(bits => Prefix(draw.Number(0, 2) == 0 ? Elsewhere(draw, address, bits) : address, bits))
                .Distinct(),
        ];
        List<string> lines = [CallLine.Create("lpm_trie", "r", 8, 1, 16)];
        lines.AddRange(prefixes.Select((p, i) => CallLine.Of(
            "map_update_elem", ("fd", "r"), ("key", Key(p.BaseAddress.GetAddressBytes(), p.PrefixLength)), ("value", CallLine.Le(i, 1)))));
        if (draw.Number(0, 2) == 0)
        {
            IPNetwork gone = draw.OneOf<IPNetwork>(prefixes);
            lines.Add(CallLine.Of("map_delete_elem", ("fd", "r"), ("key", Key(gone.BaseAddress.GetAddressBytes(), gone.PrefixLength))));
        }

        int wanted = draw.OneOf(AddressBits, AddressBits, draw.Number(12, AddressBits));
        lines.Add(CallLine.Of("map_lookup_elem", ("fd", "r"), ("key", Key(Prefix(address, wanted).BaseAddress.GetAddressBytes(), wanted))));
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            lines,
            "Each key is a prefix length of 4 bytes, little endian, and an IPv4 address. Which prefix does the last call find? Write it as "
                + "an address, a slash "
                + "and the length; if it finds no prefix, say so in one word.",
            AnswerForm.Prefix,
            played => played.Returned == "0" ? prefixes[played.Bytes("value")[0]].ToString() : None,
            played => $"The value of the longest prefix that the address begins with, and that is no longer than the {wanted} bits asked "
                + "for, is returned: "
                + (played.Returned == "0" ? $"it is the one that was stored with {prefixes[played.Bytes("value")[0]]}." : "no prefix in the "
                + "trie is one."));
    }

    /// <summary>The address with one of its first bits flipped.</summary>
    private static byte[] Elsewhere(QuestionDraw draw, byte[] address, int bits)
    {
        byte[] other = [.. address];
        int flipped = draw.Number(bits / 2, bits - 1);
        other[flipped / 8] ^= (byte)(0x80 >> (flipped % 8));
        return other;
    }

    private static IPNetwork Prefix(byte[] address, int bits)
    {
        byte[] start = [.. address];
        for (int bit = bits; bit < AddressBits; bit++)
        {
            start[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(start), bits);
    }

    private static string Key(byte[] address, int bits) => CallLine.Le(bits, 4) + Convert.ToHexStringLower(address);
}
