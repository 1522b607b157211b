using System.Globalization;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>
/// What stands between <c>${</c> and <c>}</c>: names, whole numbers, <c>+ - * / %</c>, brackets, and functions such as <c>u32(count)</c>. A
/// quotient is rounded down.
/// </summary>
/// <param name="text">The expression.</param>
/// <param name="names">What it may name.</param>
internal ref struct TemplateExpression(string text, TemplateNames names)
{
    private const int DeepestNesting = 64;

    private int _at;
    private int _depth;

    /// <summary>Its value: digits of a number, or bytes in hex.</summary>
    /// <exception cref="FormatException">It is not an expression, or it has no value; the message says what was given and expected.</exception>
    public string Evaluate()
    {
        object value = Sum();
        Skip();
        return _at == text.Length ? Text(value) : throw Unexpected("an operator");
    }

    private object Sum()
    {
        object left = Product();
        while (Take('+', '-') is { } sign)
        {
            left = Calculate(sign, left, Product());
        }

        return left;
    }

    private object Product()
    {
        object left = Factor();
        while (Take('*', '/', '%') is { } sign)
        {
            left = Calculate(sign, left, Factor());
        }

        return left;
    }

    private object Factor()
    {
        if (++_depth > DeepestNesting)
        {
            throw new FormatException($"more than {DeepestNesting} brackets in each other given, expected fewer");
        }

        try
        {
            return Take('(') is not null ? Bracket()
                : Take('-') is not null ? Calculate('-', 0L, Factor())
                : Word() is { Length: > 0 } word ? Named(word)
                : throw Unexpected("a number or a name");
        }
        finally
        {
            _depth--;
        }
    }

    private object Bracket()
    {
        object value = Sum();
        return Take(')') is not null ? value : throw Unexpected("')'");
    }

    private object Named(string word)
    {
        if (char.IsAsciiDigit(word[0]))
        {
            bool isHex = word.StartsWith("0x", StringComparison.Ordinal);
            return long.TryParse(
                isHex ? word[2..] : word, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new FormatException($"'{word}' given, expected a number");
        }

        if (names.Function(word) is { } function)
        {
            return Take('(') is not null ? function(Number(Bracket())) : throw Unexpected($"'(' after {word}");
        }

        return names.Value(word)
            ?? throw new FormatException($"'{word}' given, expected one of {string.Join(", ", names.All)}{NearestWords.Hint(word, names.All)}");
    }

    private static long Calculate(char sign, object left, object right)
    {
        (long a, long b) = (Number(left), Number(right));
        try
        {
            return checked(sign switch
            {
                '+' => a + b,
                '-' => a - b,
                '*' => a * b,
                '/' => a / b,
                _ => a % b,
            });
        }
        catch (ArithmeticException)
        {
            throw new FormatException($"{a} {sign} {b} given, expected a result of 64 bits");
        }
    }

    private static long Number(object value) => value as long? ?? throw new FormatException($"the bytes {Text(value)} given, expected a number");

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private string Word()
    {
        Skip();
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private char? Take(params ReadOnlySpan<char> signs)
    {
        Skip();
        return _at < text.Length && signs.Contains(text[_at]) ? text[_at++] : null;
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private readonly FormatException Unexpected(string expected) =>
        new($"{(_at < text.Length ? $"'{text[_at..]}'" : "the end")} given, expected {expected}");
}
