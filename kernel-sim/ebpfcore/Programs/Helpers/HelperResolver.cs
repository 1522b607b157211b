using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>Resolves the helpers that a program calls: <c>ebpf_core_resolve_helper</c>.</summary>
internal static class HelperResolver
{
    /// <summary>Fixes the ids, finds each helper, and fixes or compares the hash of what the program was verified against.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="program">The program that calls them.</param>
    /// <param name="ids">Ids of the helpers, each once.</param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="implicitContext">On success, for each helper whether it takes the context in addition to its arguments.</param>
    public static EbpfResult Resolve(KeThread current, EbpfProgram program, uint[] ids, string site, out bool[]? implicitContext)
    {
        implicitContext = new bool[ids.Length];
        EbpfResult result = Resolve(current, program, ids, site, implicitContext);
        if (result != EbpfResult.Success)
        {
            // This includes the ids of an earlier call that succeeded.
            program.Providers.ClearHelperIds(current);
            implicitContext = null;
        }

        return result;
    }

    private static EbpfResult Resolve(KeThread current, EbpfProgram program, uint[] ids, string site, bool[] implicitContext)
    {
        bool isFirst = program.Providers.SetHelperIds(current, ids);
        if (!current.Require(isFirst, CheckTable.ResolveHelperOnce, site, isFirst ? 0 : 1, 0))
        {
            return CheckTable.ResolveHelperOnce.Result;
        }

        int fixedCount = program.Providers.HelperCount;
        if (!current.Require(ids.Length >= fixedCount, CheckTable.ResolveHelperCount, site, ids.Length, fixedCount))
        {
            return CheckTable.ResolveHelperCount.Result;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if (!current.Require(program.TypeData is not null, CheckTable.ProgramProvider, site, 0, 1))
            {
                return CheckTable.ProgramProvider.Result;
            }

            bool isReachable = program.CodeType != EbpfCodeType.Jit || program.Bindings.HasTrampolines;
            if (!current.Require(isReachable, CheckTable.ResolveHelperTrampolines, site, isReachable ? 1 : 0, 1))
            {
                return CheckTable.ResolveHelperTrampolines.Result;
            }

            bool found = program.Bindings.TryFind(ids[i], out _, out implicitContext[i]);
            if (!current.Require(found, CheckTable.ResolveHelperKnown, site, ids[i], HelperTable.LastId))
            {
                return CheckTable.ResolveHelperKnown.Result;
            }
        }

        EbpfResult result = program.Providers.SetInfoHash(current, out bool matches);
        if (!current.Require(result == EbpfResult.Success, CheckTable.ProgramProvider, site, result == EbpfResult.Success ? 1 : 0, 1))
        {
            return result;
        }

        return current.Require(matches, CheckTable.ProgramInfoHash, site, matches ? 1 : 0, 1)
            ? EbpfResult.Success
            : CheckTable.ProgramInfoHash.Result;
    }
}
