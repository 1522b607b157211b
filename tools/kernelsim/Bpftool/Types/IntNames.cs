namespace KernelSim.Tool.Bpftool.Types;

/// <summary>The integers' names, as the kernel's, C's and the BPF headers' sources have them.</summary>
internal static class IntNames
{
    private static readonly Dictionary<string, (uint Size, bool Signed)> s_all = new()
    {
        ["char"] = (1, true),
        ["signed char"] = (1, true),
        ["unsigned char"] = (1, false),
        ["short"] = (2, true),
        ["unsigned short"] = (2, false),
        ["int"] = (4, true),
        ["unsigned int"] = (4, false),
        ["unsigned"] = (4, false),
        ["long"] = (8, true),
        ["unsigned long"] = (8, false),
        ["long long"] = (8, true),
        ["unsigned long long"] = (8, false),
        ["bool"] = (1, false),
        ["_Bool"] = (1, false),
        ["size_t"] = (8, false),
        ["__be16"] = (2, false),
        ["__be32"] = (4, false),
        ["__be64"] = (8, false),
    };

    private static readonly string[] s_unsignedForms = ["u{0}", "__u{0}", "uint{0}_t"];
    private static readonly string[] s_signedForms = ["s{0}", "__s{0}", "int{0}_t", "i{0}"];
    private static readonly uint[] s_sizes = [1, 2, 4, 8, 16];

    static IntNames()
    {
        foreach (uint size in s_sizes)
        {
            AddAll(s_unsignedForms, size, signed: false);
            AddAll(s_signedForms, size, signed: true);
        }

        // Of 128 bits the kernel and C have one name each.
        s_all["__int128"] = (16, true);
        s_all["unsigned __int128"] = (16, false);
    }

    /// <summary>Finds a type.</summary>
    /// <param name="words">The words of its name, separated by a blank.</param>
    public static IntType? Find(string words) =>
        s_all.TryGetValue(words, out (uint Size, bool Signed) row) ? new IntType(words, row.Size, row.Signed) : null;

    private static void AddAll(string[] forms, uint size, bool signed)
    {
        foreach (string form in forms)
        {
            s_all[string.Format(null, form, size * 8)] = (size, signed);
        }
    }
}
