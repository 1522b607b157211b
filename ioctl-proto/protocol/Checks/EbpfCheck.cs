namespace KernelSim.Protocol.Checks;

/// <summary>
/// A row of <see cref="CheckTable"/>: a check with the <c>ebpf_result_t</c> that a refusal returns and the errno that the caller sees.
/// </summary>
public sealed record EbpfCheck : Check
{
    /// <summary>Declares a row. A refused request ends with the status of its result, unless the row sets <see cref="Check.Status"/>.</summary>
    /// <param name="number">See <see cref="Check.Number"/>.</param>
    /// <param name="id">See <see cref="Check.Id"/>.</param>
    /// <param name="text">See <see cref="Check.Text"/>.</param>
    /// <param name="formula">See <see cref="Check.Formula"/>.</param>
    /// <param name="result">See <see cref="Result"/>.</param>
    /// <param name="fix">See <see cref="Check.Fix"/>.</param>
    public EbpfCheck(int number, string id, string text, string formula, EbpfResult result, string fix)
        : base(number, id, text, formula, ResultConversions.ToNtStatus(result), fix)
    {
        Result = result;
    }

    private EbpfCheck(Check row, EbpfResult result)
        : base(row)
    {
        Result = result;
    }

    /// <summary>The result that a refused call returns.</summary>
    public EbpfResult Result { get; }

    /// <summary>What a libbpf-shaped call makes of a refusal. For the driver's checks: of the status, as it comes back through an IOCTL.</summary>
    public Errno Errno => ResultConversions.ToErrno(IsOfTheLibrary ? Result : ResultConversions.SeenThroughIoctl(Status));

    /// <inheritdoc/>
    public override string ResultName => ResultConversions.NameOf(Result);

    /// <inheritdoc/>
    public override string ErrnoName => RefusesAttachment ? NoCode : ResultConversions.NameOf(Errno);

    /// <summary>The row for a check that knows only a status: its result is what the library decodes that status to.</summary>
    public static EbpfCheck Of(Check check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check as EbpfCheck ?? new EbpfCheck(check, ResultConversions.SeenThroughIoctl(check.Status));
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
