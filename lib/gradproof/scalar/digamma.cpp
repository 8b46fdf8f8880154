// The digamma function of built-in numbers, and its derivative.
//
// Source: Boost.Math's. Digamma is rational about its positive root 1.4616, recursive up to 10 and
// asymptotic beyond; trigamma is rational on pieces. They have a file of their own so
// that nothing else compiles Boost.Math.
#include <gradproof/scalar/functions.hpp>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace gradproof::scalar {

namespace {

using namespace boost::math::policies;
// -1/x and 1/x^2 overflow for small numbers: that is an infinity, as it is of any quotient.
using Quiet = policy<overflow_error<ignore_error>, pole_error<ignore_error>,
                     domain_error<ignore_error>, promote_double<false>>;

}  // namespace

double digamma(double x) { return boost::math::digamma(x, Quiet()); }
double trigamma(double x) { return boost::math::trigamma(x, Quiet()); }

float digamma(float x) { return static_cast<float>(digamma(static_cast<double>(x))); }
float trigamma(float x) { return static_cast<float>(trigamma(static_cast<double>(x))); }

}  // namespace gradproof::scalar
