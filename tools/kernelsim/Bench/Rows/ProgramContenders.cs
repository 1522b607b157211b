using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Who is missing in benchmarks of programs.</summary>
internal static class ProgramContenders
{
    private const string NoPrograms = "a dictionary runs no programs";

    /// <summary>Says why only the two kernels run programs.</summary>
    public static void LackOthers(TrialSet set)
    {
        set.Lack(Contender.Dictionary, NoPrograms);
        set.Lack(Contender.ConcurrentDictionary, NoPrograms);
        set.Lack(Contender.PlainCopy, "nothing is copied");
    }
}
