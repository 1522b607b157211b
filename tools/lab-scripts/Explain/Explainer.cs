using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.LabScripts.Explain;

/// <summary>Finds the meaning of a word. A check wins over an errno, an errno over a result, and so on outwards.</summary>
internal static class Explainer
{
    /// <summary>Explains a word.</summary>
    /// <param name="word">
    /// An errno (<c>EINVAL</c>, <c>22</c>, <c>-22</c>), a check (<c>KS2010</c>, its id), a result (<c>EBPF_KEY_NOT_FOUND</c>, <c>19</c>), an
    /// NTSTATUS (<c>STATUS_NOT_FOUND</c>, <c>0xC0000225</c>, <c>3221226021</c>, <c>-1073741275</c>) or a Win32 error (<c>ERROR_NOT_FOUND</c>,
    /// <c>1168</c>, <c>0x80070490</c>). Any number may be decimal, negative or hexadecimal.
    /// </param>
    /// <returns>Null if the word is unknown.</returns>
    public static Explanation? Find(string word)
    {
        word = word.Trim();
        if (CheckTable.All.FirstOrDefault(c => Same(c.Id, word) || Same(c.Code, word)) is { } check)
        {
            return Explain(check);
        }

        return AnyNumber.TryParse(word, out long number) ? FindNumber(number) ?? FindNumber(unchecked(-number)) : FindName(word);
    }

    /// <summary>An errno by its name or by its number in any form, negated or not; null for anything else.</summary>
    public static Errno? FindErrno(string word)
    {
        if (AnyNumber.TryParse(word, out long number))
        {
            return ErrnoOf(number) ?? ErrnoOf(unchecked(-number));
        }

        return ResultConversions.TryParse(word.Trim(), out Errno errno) && errno != Errno.None ? errno : null;
    }

    /// <summary>Explains a number. Small ones are errnos first; what is none of those may be a Win32 error, a result or a status.</summary>
    private static Explanation? FindNumber(long number) =>
        number == 0 ? Explain(EbpfResult.Success)
        : ErrnoOf(number) is { } errno ? Explain(errno)
        : Win32Of(number) is { } error ? Explain(error)
        : ResultOf(number) is { } result ? Explain(result)
        : StatusOf(number) is { } status ? Explain(status)
        : null;

    private static Explanation? FindName(string word)
    {
        if (FindErrno(word) is { } errno)
        {
            return Explain(errno);
        }

        if (ResultConversions.TryParse(word, out EbpfResult result))
        {
            return Explain(result);
        }

        foreach (NtStatus status in ResultRoute.Named<NtStatus>().Where(s => Same(s.Name, word)))
        {
            return Explain(status);
        }

        foreach (Win32Error error in ResultRoute.Named<Win32Error>().Where(e => Same(e.Name, word)))
        {
            return Explain(error);
        }

        return null;
    }

    private static Errno? ErrnoOf(long number) =>
        number is > 0 and <= int.MaxValue && Enum.IsDefined((Errno)number) ? (Errno)number : null;

    private static EbpfResult? ResultOf(long number) => number >= 0 && number < ResultConversions.ResultCount ? (EbpfResult)number : null;

    /// <summary>A named status, its 32 bits read with or without a sign.</summary>
    private static NtStatus? StatusOf(long number)
    {
        NtStatus status = new((uint)number);
        return number is >= int.MinValue and <= uint.MaxValue && ResultRoute.Named<NtStatus>().Contains(status) ? status : null;
    }

    /// <summary>A named Win32 error, or one in an HRESULT: <c>HRESULT_FROM_WIN32</c>.</summary>
    private static Win32Error? Win32Of(long number)
    {
        const uint Facility = 0x8007_0000;
        bool isWrapped = number is >= int.MinValue and <= uint.MaxValue && ((uint)number & 0xFFFF_0000) == Facility;
        long value = isWrapped ? (ushort)number : number;
        Win32Error error = new((uint)value);
        return (value is > 0 and <= uint.MaxValue || number == 0) && ResultRoute.Named<Win32Error>().Contains(error) ? error : null;
    }

    /// <summary>What else a number is that has been explained as one thing.</summary>
    private static IReadOnlyList<string> Also(long number, string name)
    {
        string?[] all =
        [
            ErrnoOf(number) is { } errno ? ResultConversions.NameOf(errno) : null,
            Win32Of(number) is { } error ? error.Name : null,
            ResultOf(number) is { } result ? ResultConversions.NameOf(result) : null,
            StatusOf(number) is { } status ? status.Name : null,
        ];
        return [.. all.OfType<string>().Where(n => n != name)];
    }

    /// <summary>Every word that <see cref="Find"/> knows by name.</summary>
    public static IEnumerable<string> Words() =>
    [
        .. ErrnoMeanings.Names,
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
        Also = Also((int)errno, ResultConversions.NameOf(errno)),
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
            Also = Also((int)result, ResultConversions.NameOf(result)),
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
            Also = Also(error.Value, error.Name),
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
