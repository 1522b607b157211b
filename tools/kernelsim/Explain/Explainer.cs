using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Tool.Explain;

/// <summary>Finds the meaning of a word. A check wins over an errno, an errno over a result, and so on outwards.</summary>
internal static class Explainer
{
    /// <summary>Explains a word.</summary>
    /// <param name="word">
    /// An errno (<c>EINVAL</c>, <c>22</c>, <c>-22</c>), a check (<c>KS2010</c>, its id), a result (<c>EBPF_KEY_NOT_FOUND</c>), an
    /// NTSTATUS (<c>STATUS_NOT_FOUND</c>, <c>0xC0000225</c>) or a Win32 error (<c>ERROR_NOT_FOUND</c>, <c>1168</c>).
    /// </param>
    /// <returns>Null if the word is unknown.</returns>
    public static Explanation? Find(string word)
    {
        if (CheckTable.All.FirstOrDefault(c => Same(c.Id, word) || Same(c.Code, word)) is { } check)
        {
            return Explain(check);
        }

        if (ResultConversions.TryParse(word, out Errno errno) && errno != Errno.None)
        {
            return Explain(errno);
        }

        if (ResultConversions.TryParse(word, out EbpfResult result))
        {
            return Explain(result);
        }

        foreach (NtStatus status in ResultRoute.Named<NtStatus>().Where(s => Same(s.Name, word) || Same(Hex(s), word)))
        {
            return Explain(status);
        }

        // Small numbers are errnos; any other number may be a Win32 error.
        foreach (Win32Error error in ResultRoute.Named<Win32Error>().Where(e => Same(e.Name, word) || (e.Value != 0 && Same(Number(e.Value), word))))
        {
            return Explain(error);
        }

        return null;
    }

    /// <summary>Every word that <see cref="Find"/> knows by name.</summary>
    public static IEnumerable<string> Words() =>
    [
        .. ErrnoMeanings.All.Select(e => ResultConversions.NameOf(e)),
        .. CheckTable.All.SelectMany(c => new[] { c.Id, c.Code }),
        .. ResultRoute.All.Select(r => ResultConversions.NameOf(r.Result!.Value)),
        .. ResultRoute.Named<NtStatus>().Select(s => s.Name),
        .. ResultRoute.Named<Win32Error>().Select(e => e.Name),
    ];

    /// <summary>Explains an errno: everything that maps to it.</summary>
    public static Explanation Explain(Errno errno) => new("errno", ResultConversions.NameOf(errno), Number((int)errno), ErrnoMeanings.Of(errno))
    {
        Errno = errno,
        Results = [.. ResultRoute.All.Where(r => ResultConversions.ToErrno(r.Result!.Value) == errno)],
        Statuses = [.. ResultRoute.StatusesWithoutResult.Where(r => r.Errno == errno)],
        Checks = [.. CheckTable.All.Where(c => ResultRoute.Of(c).Any(r => r.Errno == errno))],
        Outcomes = [.. OutcomeTable.All.Where(o => o.Errno == errno)],
    };

    /// <summary>Explains a check: what it compares, and how its refusal travels.</summary>
    public static Explanation Explain(Check check)
    {
        IReadOnlyList<ResultRoute> routes = ResultRoute.Of(check);
        return new Explanation("check", check.Id, check.Code, check.Text)
        {
            Errno = routes.Count == 1 ? routes[0].Errno : null,
            Results = routes,
            Checks = [check],
        };
    }

    private static Explanation Explain(EbpfResult result)
    {
        ResultRoute route = ResultRoute.Of(result);
        Errno errno = ResultConversions.ToErrno(result);
        return new Explanation("result", ResultConversions.NameOf(result), Number((int)result), Meaning(result, route))
        {
            Errno = errno == Errno.None ? null : errno,
            Results = [route],
            Checks = [.. CheckTable.All.Where(c => ResultRoute.Of(c).Any(r => r.Result == result))],
            Outcomes = [.. OutcomeTable.All.Where(o => o.Result == result)],
        };
    }

    private static Explanation Explain(NtStatus status)
    {
        ResultRoute[] results = [.. ResultRoute.All.Where(r => r.Status == status)];
        ResultRoute[] alone = [.. ResultRoute.StatusesWithoutResult.Where(r => r.Status == status)];
        ResultRoute route = results.Concat(alone).First();
        string severity = status.IsError ? "an error" : status.IsWarning ? "a warning" : "no error";
        string reply = status.IsError ? "no byte of the reply is copied back" : "the reply is copied back";
        return new Explanation("status", status.Name, Hex(status), $"An NTSTATUS, {severity}: {reply}. {Sees(route)}")
        {
            Errno = route.Errno == Errno.None ? null : route.Errno,
            Results = results,
            Statuses = alone,
            Checks = [.. CheckTable.All.Where(c => !ResultRoute.IsOfTheLibrary(c) && ResultRoute.Of(c).Any(r => r.Status == status))],
            Outcomes = [.. OutcomeTable.All.Where(o => o.Result is { } result && results.Any(r => r.Result == result))],
        };
    }

    private static Explanation Explain(Win32Error error)
    {
        EbpfResult seen = ResultConversions.ToEbpfResult(error);
        Errno errno = ResultConversions.ToErrno(seen);
        return new Explanation(
            "win32",
            error.Name,
            Number(error.Value),
            $"What DeviceIoControl leaves in the last error. The library decodes it to {ResultConversions.NameOf(seen)}.")
        {
            Errno = errno == Errno.None ? null : errno,
            Results = [.. ResultRoute.All.Where(r => r.Win32 == error)],
            Statuses = [.. ResultRoute.StatusesWithoutResult.Where(r => r.Win32 == error)],
            Checks = [.. CheckTable.All.Where(c => !ResultRoute.IsOfTheLibrary(c) && ResultRoute.Of(c).Any(r => r.Win32 == error))],
        };
    }

    private static string Meaning(EbpfResult result, ResultRoute route)
    {
        string start = $"A result of the driver or the library, {ResultConversions.NameOf(ResultConversions.ToErrno(result))} to a program.";
        return route.SeenAs == result ? start : $"{start} From the driver it does not arrive as itself. {Sees(route)}";
    }

    private static string Sees(ResultRoute route) => route.SeenAs == EbpfResult.Success
        ? "The library sees success."
        : $"The library sees {ResultConversions.NameOf(route.SeenAs)}, the program {ResultConversions.NameOf(route.Errno)}.";

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Hex(NtStatus status) => "0x" + status.Value.ToString("X8", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
