using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>How the contenders are called.</summary>
internal static class ContenderNames
{
    /// <summary>The heading of a column, which must be narrow.</summary>
    public static string HeadingOf(Contender contender) => contender switch
    {
        Contender.Dictionary => "Dict",
        Contender.ConcurrentDictionary => "Conc Dict",
        _ => NameOf(contender),
    };

    /// <summary>The name in text and charts.</summary>
    public static string NameOf(Contender contender) => contender switch
    {
        Contender.KernelSim => "KernelSim",
        Contender.Host => "host bpf(2)",
        Contender.Dictionary => "Dictionary",
        Contender.ConcurrentDictionary => "Concurrent Dictionary",
        _ => "plain copy",
    };

    /// <summary>The member in the JSON.</summary>
    public static string MemberOf(Contender contender) => contender switch
    {
        Contender.KernelSim => "kernelsim",
        Contender.Host => "host",
        Contender.Dictionary => "dictionary",
        Contender.ConcurrentDictionary => "concurrent_dictionary",
        _ => "plain_copy",
    };

    /// <summary>The letter on a bar.</summary>
    public static char LetterOf(Contender contender) => contender switch
    {
        Contender.Host => 'h',
        Contender.Dictionary => 'd',
        Contender.ConcurrentDictionary => 'c',
        _ => 'p',
    };
}
