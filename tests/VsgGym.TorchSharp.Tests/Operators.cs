using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

/// <summary>Every operator that has a gradient, with inputs in its domain: the gradient and golden tests run over it.</summary>
internal static class Operators
{
    private static readonly long[] Square = [3, 4];

    /// <summary>Kinds of inputs: any number, positive, inside (-1, 1), or far apart from each other and from the kinks.</summary>
    internal enum Domain
    {
        Any,
        Positive,
        Unit,
        Apart,
    }

    internal static IReadOnlyDictionary<string, Operator> All { get; } = Build().ToDictionary(o => o.Name);

    private static Tensor Index => tensor(new long[] { 2, 0, 1, 1, 0, 3, 3, 2, 1 }, [3, 3]);

    private static Tensor Mask => tensor(new[] { true, false, true, true, false, false, true, false, true, true, true, false }, [3, 4]);

    private static Tensor Classes => tensor(new long[] { 1, 3, 0 });

    // Fixed weights, so that no unit of the test's inputs is near the kink.
    private static nn.Module<Tensor, Tensor> Pair => nn.Sequential(nn.Linear(nn.Parameter(arange(-4, 4, dtype: float64).reshape(2, 4) * 0.3), nn.Parameter(tensor(new[] { 0.05, -0.15 }))), nn.ReLU());

    private static Operator One(string name, Func<Tensor, Tensor> run, Domain domain = Domain.Any) => new(name, x => run(x[0]), [(Square, domain)]);

    private static Operator Two(string name, Func<Tensor, Tensor, Tensor> run, long[]? left = null, long[]? right = null, Domain first = Domain.Any, Domain second = Domain.Any) =>
        new(name, x => run(x[0], x[1]), [(left ?? Square, first), (right ?? Square, second)]);

    private static IEnumerable<Operator> Build() =>
        [.. Arithmetic(), .. Functions(), .. Views(), .. Selections(), .. Reductions(), .. Products(), .. Layers(), .. Losses()];

    private static IEnumerable<Operator> Arithmetic() =>
    [
        Two("add", (a, b) => a + b),
        Two("add_rows", (a, b) => a + b, Square, [4]),
        Two("add_columns", (a, b) => a + b, [3, 1], Square),
        Two("add_outer", (a, b) => a + b, [3, 1], [1, 4]),
        Two("add_alpha", (a, b) => a.add(b, 0.5)),
        Two("sub", (a, b) => a - b, Square, [3, 1]),
        Two("mul", (a, b) => a * b, Square, [4]),
        Two("div", (a, b) => a / b, Square, [4], Domain.Any, Domain.Positive),
        One("add_number", a => 2.5 + a + 1),
        One("sub_number", a => 2.5 - (a - 1)),
        One("mul_number", a => 3 * a * 0.5),
        One("div_number", a => 2 / (a / 4), Domain.Positive),
        One("neg", a => -a),
        One("remainder", a => a.remainder(0.7), Domain.Apart),
        Two("maximum", maximum, first: Domain.Apart),
        Two("minimum", minimum, first: Domain.Apart),
        Two("max", (a, b) => a.max(b), first: Domain.Apart),
        Two("min", (a, b) => a.min(b), first: Domain.Apart),
        new("addcmul", x => x[0].addcmul(x[1], x[2], 0.5), [(Square, Domain.Any), (Square, Domain.Any), ([4], Domain.Any)]),
        new("addcdiv", x => x[0].addcdiv(x[1], x[2], 0.5), [(Square, Domain.Any), (Square, Domain.Any), ([4], Domain.Positive)]),
        new("lerp", x => x[0].lerp(x[1], x[2]), [(Square, Domain.Any), (Square, Domain.Any), (Square, Domain.Any)]),
        Two("where", (a, b) => where(Mask, a, b), Square, [4]),
        One("masked_fill", a => a.masked_fill(Mask, 7)),
    ];

    private static IEnumerable<Operator> Functions() =>
    [
        One("abs", abs, Domain.Apart),
        One("square", square),
        One("sqrt", sqrt, Domain.Positive),
        One("rsqrt", rsqrt, Domain.Positive),
        One("reciprocal", reciprocal, Domain.Positive),
        One("exp", exp),
        One("expm1", expm1),
        One("log", log, Domain.Positive),
        One("log2", log2, Domain.Positive),
        One("log1p", log1p, Domain.Positive),
        One("sin", sin),
        One("cos", cos),
        One("tanh", tanh),
        One("sigmoid", sigmoid),
        One("relu", a => a.relu(), Domain.Apart),
        One("softplus", a => a.softplus()),
        One("softplus_beta", a => a.softplus(2, 1)),
        One("sign", sign, Domain.Apart),
        One("floor", floor, Domain.Apart),
        One("ceil", ceil, Domain.Apart),
        One("trunc", trunc, Domain.Apart),
        One("round", a => a.round(), Domain.Apart),
        One("clamp", a => a.clamp(-0.6, 0.45), Domain.Apart),
        One("clamp_min", a => a.clamp_min(-0.2), Domain.Apart),
        One("clamp_max", a => a.clamp_max(0.2), Domain.Apart),
        new("clamp_tensors", x => x[0].clamp(x[1], x[1] + 0.7), [(Square, Domain.Apart), ([1], Domain.Unit)]),
        One("pow_2", a => a.pow(2)),
        One("pow_3", a => a.pow(3)),
        One("pow_half", a => a.pow(1.5), Domain.Positive),
        Two("pow", (a, b) => a.pow(b), first: Domain.Positive),
        Two("logaddexp", logaddexp),
    ];

    private static IEnumerable<Operator> Views() =>
    [
        One("alias", a => a.alias()),
        One("clone", a => a.clone()),
        One("contiguous", a => a.t().contiguous()),
        One("reshape", a => a.reshape(2, -1)),
        One("reshape_transposed", a => a.t().reshape(2, 6)),
        One("view", a => a.view(6, 2)),
        One("view_as", a => a.view_as(zeros(2, 6))),
        One("flatten", a => a.flatten()),
        One("unflatten", a => a.unflatten(1, 2, 2)),
        One("squeeze", a => a.unsqueeze(1).squeeze(1)),
        One("unsqueeze", a => a.unsqueeze(-1)),
        One("transpose", a => a.transpose(0, 1)),
        One("t", a => a.t()),
        One("permute", a => a.unsqueeze(0).permute(2, 0, 1)),
        One("expand", a => a.unsqueeze(1).expand(3, 2, 4)),
        One("expand_as", a => a.expand_as(zeros(2, 3, 4))),
        One("repeat", a => a.repeat(2, 2, 1)),
        One("to_type", a => a.to_type(float32).to_type(float64)),
        One("to", a => a.to(float64)),
        One("type_as", a => a.type_as(a)),
        One("cpu", a => a.cpu()),
        One("tril", a => a.tril()),
        One("triu", a => a.triu(1)),
        One("flip", a => a.flip(0, 1)),
    ];

    private static IEnumerable<Operator> Selections() =>
    [
        One("select", a => a.select(1, -1)),
        One("narrow", a => a.narrow(1, 1, 2)),
        One("slice", a => a.slice(1, 0, 4, 2)),
        One("unbind", a => a.unbind()[1]),
        One("split", a => a.split(3, 1)[1]),
        One("chunk", a => a.chunk(2, 1)[0]),
        One("gather", a => a.gather(1, Index)),
        Two("scatter", (a, b) => a.scatter(1, tensor(new long[] { 2, 0, 1, 3, 0, 1 }, [3, 2]), b), Square, [3, 2]),
        Two("scatter_add", (a, b) => a.scatter_add(1, Index, b), Square, [3, 3]),
        One("index_select", a => a.index_select(0, tensor(new long[] { 2, 0, 2 }))),
        Two("index_add", (a, b) => a.index_add(0, tensor(new long[] { 2, 2 }), b, 2), Square, [2, 4]),
        One("masked_select", a => a.masked_select(Mask)),
        One("index", a => a[1, 2]),
        One("index_ranges", a => a[1.., ..2]),
        One("index_new", a => a[TensorIndex.Ellipsis, TensorIndex.None, 1]),
        One("index_rows", a => a[tensor(new long[] { 1, 1, 2 })]),
        One("index_pairs", a => a[tensor(new long[] { 0, 1, 2 }), tensor(new long[] { 3, 1, 3 })]),
        One("index_columns", a => a[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 3, 0 }))]),
        One("index_mask", a => a[Mask]),
        Two("index_put_", (a, b) => a.clone().index_put_(b, TensorIndex.Single(1)), Square, [4]),
        Two("cat", (a, b) => cat([a, b], 1), Square, [3, 2]),
        Two("stack", (a, b) => stack([a, b], 1)),
        One("sort", a => a.sort(1).Values, Domain.Apart),
        One("topk", a => a.topk(2).values, Domain.Apart),
    ];

    private static IEnumerable<Operator> Reductions() =>
    [
        One("sum", a => a.sum()),
        // sum(0) would be the sum as a byte: the literal 0 is an enumeration value as well.
        One("sum_dim", a => a.sum(0L)),
        One("sum_dims", a => a.sum([0, -1], keepdim: true)),
        One("mean", a => a.mean()),
        One("mean_dim", a => a.mean([1], keepdim: true)),
        One("var", a => a.var(1)),
        One("std", a => a.std()),
        One("norm", a => a.norm()),
        One("norm_dim", a => a.norm(1, keepdim: true, p: 3), Domain.Apart),
        One("amax", a => a.amax(1), Domain.Apart),
        One("amin", a => a.amin([0], keepdim: true), Domain.Apart),
        One("max_all", a => a.max(), Domain.Apart),
        One("min_all", a => a.min(), Domain.Apart),
        One("max_dim", a => a.max(0).values, Domain.Apart),
        One("min_dim", a => a.min(1, keepdim: true).values, Domain.Apart),
        One("prod", a => a.prod()),
        One("prod_dim", a => a.prod(1, keepdim: true)),
        One("cumsum", a => a.cumsum(1)),
        One("logsumexp", a => a.logsumexp(1)),
        One("logsumexp_0", a => a.logsumexp(0, keepdim: true)),
        One("softmax", a => a.softmax(-1)),
        One("softmax_0", a => a.softmax(0)),
        One("log_softmax", a => a.log_softmax(1)),
    ];

    private static IEnumerable<Operator> Products() =>
    [
        Two("mm", (a, b) => a.mm(b), [3, 4], [4, 2]),
        Two("mm_transposed", (a, b) => a.t().mm(b.t()), [4, 3], [2, 4]),
        Two("bmm", (a, b) => a.bmm(b), [2, 3, 4], [2, 4, 2]),
        Two("matmul", matmul, [2, 3, 4], [4, 2]),
        Two("matmul_batches", matmul, [2, 1, 3, 4], [2, 4, 2]),
        Two("matmul_vector", matmul, [3, 4], [4]),
        Two("matmul_left", matmul, [3], [3, 4]),
        Two("dot", (a, b) => a.dot(b), [4], [4]),
        Two("outer", (a, b) => a.outer(b), [3], [4]),
        new("addmm", x => x[0].addmm(x[1], x[2], 0.5f, 2), [([2], Domain.Any), (Square, Domain.Any), ([4, 2], Domain.Any)]),
    ];

    private static IEnumerable<Operator> Layers() =>
    [
        new("linear", x => nn.functional.linear(x[0], x[1], x[2]), [(Square, Domain.Any), ([2, 4], Domain.Any), ([2], Domain.Any)]),
        Two("linear_plain", (a, b) => nn.functional.linear(a, b), [2, 3, 4], [2, 4]),
        One("linear_relu", a => Pair.call(a)),
        new("layer_norm", x => nn.functional.layer_norm(x[0], [4], x[1], x[2]), [(Square, Domain.Any), ([4], Domain.Any), ([4], Domain.Any)]),
        One("silu", a => nn.functional.silu(a)),
        One("logsigmoid", nn.functional.logsigmoid),
        One("leaky_relu", a => nn.functional.leaky_relu(a, 0.1), Domain.Apart),
        One("elu", a => nn.functional.elu(a, 0.7), Domain.Apart),
        One("normalize", a => nn.functional.normalize(a)),
    ];

    private static IEnumerable<Operator> Losses() =>
    [
        Two("mse_loss", (a, b) => nn.functional.mse_loss(a, b)),
        One("mse_loss_fixed", a => nn.functional.mse_loss(a, ones(3, 4, dtype: float64))),
        Two("mse_loss_none", (a, b) => nn.functional.mse_loss(a, b, nn.Reduction.None)),
        Two("l1_loss", (a, b) => nn.functional.l1_loss(a, b), first: Domain.Apart),
        Two("huber_loss", (a, b) => nn.functional.huber_loss(a, b, 0.5)),
        Two("smooth_l1_loss", (a, b) => nn.functional.smooth_l1_loss(a, b, nn.Reduction.Sum, 0.5)),
        One("nll_loss", a => nn.functional.nll_loss(a.log_softmax(1), Classes)),
        One("cross_entropy", a => nn.functional.cross_entropy(a, Classes)),
        One("cross_entropy_smooth", a => nn.functional.cross_entropy(a, Classes, tensor(new[] { 1.0, 2, 0.5, 1 }), label_smoothing: 0.1)),
        Two("cross_entropy_soft", (a, b) => nn.functional.cross_entropy(a, b.softmax(1))),
        Two("kl_div", (a, b) => nn.functional.kl_div(a.log_softmax(1), b.softmax(1), false, nn.Reduction.Sum)),
        Two("bce_logits", (a, b) => nn.functional.binary_cross_entropy_with_logits(a, b.sigmoid())),
    ];

    internal sealed record Operator(string Name, Func<Tensor[], Tensor> Run, (long[] Shape, Domain Domain)[] Inputs);
}
