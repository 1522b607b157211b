using System.Collections.Immutable;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Decides which functions are programs, and which are only called, as libbpf does.</summary>
internal static class ProgramChoice
{
    private const string TextSection = ".text";

    /// <summary>
    /// Functions with a section of their own are programs unless they are static. Those of <c>.text</c> are called by programs; where there is no
    /// other section, its global functions that no other function calls are programs.
    /// </summary>
    public static ImmutableArray<ObjectFunction> ProgramsOf(ImmutableArray<ObjectFunction> functions, FunctionBody[] bodies)
    {
        ImmutableArray<ObjectFunction> named = [.. functions.Where(f => f.Section != TextSection && f.IsGlobal)];
        if (named.Length > 0 || functions.Length == 1)
        {
            return named.Length > 0 ? named : functions;
        }

        HashSet<int> called =
        [
            .. bodies.SelectMany(
                (body, caller) => body.References.Where(r => r.Kind == CodeReferenceKind.Call && r.Target != caller).Select(r => r.Target)),
        ];
        return [.. functions.Where(f => f.IsGlobal && !called.Contains(f.Index))];
    }
}
